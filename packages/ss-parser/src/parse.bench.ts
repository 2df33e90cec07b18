import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { parseSs } from './parse-ss.ts';
import { generateListing } from './testing/generate-listing.ts';

const rows = Number(process.argv[2] ?? 500_000);
const bytes = generateListing(rows);

const table = parseSs(bytes);
// The half million strings that the listing was made of.
globalThis.gc?.();

if (table.length !== rows) throw new Error(`read ${table.length} of ${rows} sockets`);

printComparison(compareWithFloor('parseSs', bytes, parseSs), 0.3);
printComparison(compareWithFloor('split into objects', bytes, splitIntoObjects));
printComparison(compareWithFloor('parseSs and one column of it', bytes, countStale));
console.log(`parseSs keeps ${bytesPerRow(() => parseSs(bytes)).toFixed(1)} bytes a socket`);

function countStale(input: Uint8Array): number {
  const sockets = parseSs(input);
  let count = 0;
  for (let row = 0; row < sockets.length; row++) {
    if (sockets.portAt(row, 'local') === 15001 && sockets.stateAt(row) === 'FIN-WAIT-2') count++;
  }
  return count;
}

/** What a script does that wants the same fields: `split`, and an object a socket. */
function splitIntoObjects(input: Uint8Array): unknown[] {
  const split = (end = ''): unknown => {
    const colon = end.lastIndexOf(':');
    return { address: end.slice(0, colon), port: Number(end.slice(colon + 1)) };
  };
  return new TextDecoder()
    .decode(input)
    .split('\n')
    .map((line) => {
      const [netid, state, recvq, sendq, local, peer, ...words] = line.trim().split(/\s+/);
      const extensions: Record<string, string> = {};
      for (const word of words) {
        const colon = word.indexOf(':');
        extensions[colon < 0 ? 'shutdown' : word.slice(0, colon)] = word.slice(colon + 1);
      }
      const ends = { local: split(local), peer: split(peer) };
      const queues = { recvq: Number(recvq), sendq: Number(sendq) };
      const [name, pid, fd] = extensions.users?.split(',') ?? [];
      const timer = extensions.timer?.slice(1, -1).split(',');
      return { netid, state, ...queues, ...ends, process: { name, pid, fd }, timer, extensions };
    });
}
