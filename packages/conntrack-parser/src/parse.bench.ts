import { decodeText, toBytes } from '@tuplescope/scan';
import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { parseConntrack } from './parse-conntrack.ts';
import { generateListing } from './testing/generate-listing.ts';

/** What a first try looks like: every line an object, every value a text. */
function splitIntoObjects(bytes: Uint8Array): Record<string, string>[] {
  return decodeText(bytes, 0, bytes.length)
    .trimEnd()
    .split('\n')
    .map((line) => {
      const entry: Record<string, string> = {};
      for (const word of line.split(/\s+/)) {
        const [key = '', value] = word.split('=');
        if (value === undefined) entry[key] = key;
        else entry[key in entry ? `reply_${key}` : key] = value;
      }
      return entry;
    });
}

const listing = toBytes(generateListing(400_000, 'plain'));
const own = compareWithFloor('listing', listing, parseConntrack);
printComparison(own, 0.45);
console.log(
  `  ${bytesPerRow(() => parseConntrack(listing)).toFixed(1)} bytes an entry (target 60)`,
);

const some = listing.subarray(0, listing.lastIndexOf(10, listing.length / 8) + 1);
const split = compareWithFloor('split into objects', some, splitIntoObjects);
printComparison(split);
const times = own.ofFloor / split.ofFloor;
console.log(`  the parser is ${times.toFixed(1)} times as fast (target 4)`);

for (const form of ['extended', 'events'] as const) {
  const bytes = toBytes(generateListing(100_000, form));
  printComparison(compareWithFloor(form, bytes, parseConntrack));
}
