import type { Incident } from '@tuplescope/incident';
import { invertTuple, type Tuple, tupleKey } from '@tuplescope/net';
import { entryListings, eventLogs, fullTuple } from '../entries.ts';
import { listeningPorts } from '../listening-ports.ts';
import type { EarlierEntry, Pickup, PickupSides } from './pickup.ts';

/**
 * Tells who a pickup's late packet came from: by an entry that the connection had before, by who
 * listens on the ports, or by the ports alone (a client's is the higher one).
 */
export function pickupSides(
  incident: Incident,
  pickups: readonly Pickup[],
): (pickup: Pickup) => PickupSides {
  if (pickups.length === 0) return sidesByPorts;
  const earlier = earlierEntries(incident, pickups);
  const listening = listeningPorts(incident);
  return (pickup) => {
    const { orig } = pickup;
    const inverse = invertTuple(orig);
    const byServer = earlier.get(tupleKey(inverse));
    if (byServer !== undefined) {
      return { client: inverse, isFromServer: true, basis: 'entry', earlier: byServer };
    }
    const byClient = earlier.get(tupleKey(orig));
    if (byClient !== undefined) {
      return { client: orig, isFromServer: false, basis: 'entry', earlier: byClient };
    }
    if (listening.has(orig.dport)) {
      return { client: orig, isFromServer: false, basis: 'listener', earlier: null };
    }
    return sidesByPorts(pickup);
  };
}

function sidesByPorts({ orig }: Pickup): PickupSides {
  const isFromServer = orig.sport < orig.dport;
  const client = isFromServer ? invertTuple(orig) : orig;
  return { client, isFromServer, basis: 'ports', earlier: null };
}

/** The entries that handshakes made for these connections, as they were last seen. */
function earlierEntries(
  incident: Incident,
  pickups: readonly Pickup[],
): ReadonlyMap<string, EarlierEntry> {
  const wanted = new Set(
    pickups.flatMap(({ orig }) => [tupleKey(orig), tupleKey(invertTuple(orig))]),
  );
  const ports = new Uint8Array(65_536);
  for (const { orig } of pickups) ports[orig.sport] = ports[orig.dport] = 1;
  const found = new Map<string, EarlierEntry>();
  // Events come last: they tell in which state an entry ended.
  const captures = [...entryListings(incident.captures), ...eventLogs(incident.captures)];
  for (const { content } of captures) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      const sport = table.portAt(row, 'origSrc');
      const dport = table.portAt(row, 'origDst');
      if (sport === null || dport === null || !ports[sport] || !ports[dport]) continue;
      // What is unanswered may be a pickup itself.
      if (table.unrepliedAt(row)) continue;
      const tuple: Tuple | null = fullTuple({
        src: table.addressAt(row, 'origSrc'),
        dst: table.addressAt(row, 'origDst'),
        sport,
        dport,
      });
      const key = tuple === null ? '' : tupleKey(tuple);
      const state = table.stateAt(row);
      if (state === null || !wanted.has(key)) continue;
      const { event, timeout } = table.at(row);
      found.set(key, { state, deletedWith: event === 'DESTROY' ? timeout : null });
    }
  }
  return found;
}
