import { type Incident, wouldShow } from '@tuplescope/incident';
import { entryListings } from '../entries.ts';

/** A share below this is not worth a word. */
const TELLING = 0.25;

/** Fewer entries than this have no shares. */
const LEAST = 20;

/**
 * Tells what most entries of the last whole listing are: their state, and the port that they go to.
 *
 * @example
 * tableShares(incident) // ['Of 64 entries in the last listing 64 are in ESTABLISHED, 64 go to port 80.']
 */
export function tableShares({ snapshots }: Incident): string[] {
  for (const { captures } of snapshots.toReversed()) {
    const listing = entryListings(captures).find(({ command }) => wouldShow(command, []));
    if (listing === undefined || listing.records < LEAST) continue;
    const { table } = listing.content;
    const states = new Map<string, number>();
    const ports = new Map<number, number>();
    for (let row = 0; row < table.length; row++) {
      const state = table.stateAt(row) ?? table.protoAt(row);
      states.set(state, (states.get(state) ?? 0) + 1);
      const port = table.portAt(row, 'origDst');
      if (port !== null) ports.set(port, (ports.get(port) ?? 0) + 1);
    }
    const [state, ofState] = mostOf(states);
    const [port, ofPort] = mostOf(ports);
    const parts = [
      ...(ofState >= TELLING * table.length ? [`${ofState} are in ${state}`] : []),
      ...(ofPort >= TELLING * table.length ? [`${ofPort} go to port ${port}`] : []),
    ];
    return parts.length === 0
      ? []
      : [`Of ${table.length} entries in the last listing ${parts.join(', ')}.`];
  }
  return [];
}

function mostOf<Key>(counts: ReadonlyMap<Key, number>): [key: Key | undefined, count: number] {
  let most: [Key | undefined, number] = [undefined, 0];
  for (const [key, count] of counts) if (count > most[1]) most = [key, count];
  return most;
}
