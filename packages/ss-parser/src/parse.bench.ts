import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { parseSs } from './parse-ss.ts';
import { syntheticListing } from './testing/synthetic-listing.ts';

const rows = Number(process.argv[2] ?? 500_000);
const bytes = syntheticListing(rows);

const table = parseSs(bytes);
if (table.length !== rows) throw new Error(`read ${table.length} of ${rows} sockets`);

printComparison(compareWithFloor('parseSs', bytes, parseSs), 0.3);
printComparison(compareWithFloor('split into objects', bytes, splitIntoObjects));
printComparison(compareWithFloor('parseSs and one column of it', bytes, countStale));
console.log(`parseSs keeps ${bytesPerRow(() => parseSs(bytes)).toFixed(1)} bytes a socket`);

function countStale(input: Uint8Array): number {
  const sockets = parseSs(input);
  let count = 0;
  for (let row = 0; row < sockets.length; row++) {
    if (sockets.localPortAt(row) === 15001 && sockets.stateAt(row) === 'FIN-WAIT-2') count++;
  }
  return count;
}

/** What a quick script does: it reads less, and is what parseSs is measured against. */
function splitIntoObjects(input: Uint8Array): unknown[] {
  return new TextDecoder()
    .decode(input)
    .split('\n')
    .map((line) => {
      const [netid, state, recvq, sendq, local, peer, ...extensions] = line.trim().split(/\s+/);
      return { netid, state, recvq: Number(recvq), sendq: Number(sendq), local, peer, extensions };
    });
}
