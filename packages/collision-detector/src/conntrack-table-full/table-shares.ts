import { type Incident, wouldShow } from '@tuplescope/incident';
import { entryListings } from '../entries.ts';

/** A share below this is not worth a word. */
const TELLING = 0.25;

/** Fewer entries than this have no shares. */
const LEAST = 20;

/** What the entries of the last whole listing are. */
export interface TableShares {
  readonly total: number;
  /** How many are in each state; of a protocol without states, by its name. */
  readonly states: ReadonlyMap<string, number>;
  /** How many go to each port. */
  readonly ports: ReadonlyMap<number, number>;
}

/** Counts the entries of the last listing that shows all of them, or gives null where there is none. */
export function tableShares({ snapshots }: Incident): TableShares | null {
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
    return { total: table.length, states, ports };
  }
  return null;
}

/**
 * Tells what most of the entries are: their state, and the port that they go to.
 *
 * @example
 * sharesSay(shares) // ['Of 64 entries in the last listing 64 are in ESTABLISHED, 64 go to port 80.']
 */
export function sharesSay(shares: TableShares | null): string[] {
  if (shares === null) return [];
  const { total } = shares;
  const [state, inState] = mostOf(shares.states);
  const [port, toPort] = mostOf(shares.ports);
  const parts = [
    ...(inState >= TELLING * total ? [`${inState} are in ${state}`] : []),
    ...(toPort >= TELLING * total ? [`${toPort} go to port ${port}`] : []),
  ];
  return parts.length === 0 ? [] : [`Of ${total} entries in the last listing ${parts.join(', ')}.`];
}

function mostOf<Key>(counts: ReadonlyMap<Key, number>): [key: Key | undefined, count: number] {
  let most: [Key | undefined, number] = [undefined, 0];
  for (const [key, count] of counts) if (count > most[1]) most = [key, count];
  return most;
}
