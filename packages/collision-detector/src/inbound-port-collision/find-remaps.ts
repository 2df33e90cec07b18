import { type CaptureOf, type ConntrackEntry, type Incident, placeOf } from '@tuplescope/incident';
import {
  formatEndpoint,
  isSameAddress,
  normalizeAddress,
  type Tuple,
  tupleKey,
} from '@tuplescope/net';
import { entryListings, eventLogs, fullTuple } from '../entries.ts';
import type { Evidence } from '../finding.ts';
import { interceptionPorts } from '../interception-ports.ts';
import type { Remap } from './remap.ts';

/** States of an entry whose connection is over. */
const OVER = new Set(['TIME_WAIT', 'CLOSE']);

/**
 * Finds inbound connections whose source port was changed: both of a client's connections go to one
 * interception port, so both would have the same reply tuple, and NAT gives the second one another
 * source port.
 */
export function findRemaps(incident: Incident): Remap[] {
  const ports = interceptionPorts(incident, 'inbound');
  const last = incident.snapshots.findLastIndex(
    ({ captures }) => entryListings(captures).length > 0,
  );
  const found = new Map<string, Remap>();
  const add = (remap: Remap): void => {
    const key = `${tupleKey(remap.moved)} ${remap.to}`;
    const known = found.get(key);
    // What a later listing shows of the same connection replaces what was known.
    found.set(key, { ...remap, first: remap.first ?? known?.first ?? null });
  };
  for (const capture of eventLogs(incident.captures)) {
    for (const remap of remapsIn(capture, ports)) add({ ...remap, state: 'past' });
  }
  for (const [index, { captures }] of incident.snapshots.entries()) {
    for (const capture of entryListings(captures)) {
      for (const remap of remapsIn(capture, ports)) {
        add(index < last ? { ...remap, state: 'past' } : remap);
      }
    }
  }
  return [...found.values()];
}

interface Moved {
  readonly entry: ConntrackEntry;
  readonly tuple: Tuple;
  readonly to: number;
  readonly interceptionPort: number;
}

type ConntrackTable = CaptureOf<'conntrack'>['content']['table'];

/** A client's end: one number where its address is IPv4. */
type ClientKey = number | string;

/** Only moved entries and those that have their ports become records. */
function remapsIn(capture: CaptureOf<'conntrack'>, ports: ReadonlySet<number>): Remap[] {
  const { table } = capture.content;
  const moved = new Map<string, Moved>();
  const wanted = new Set<ClientKey>();
  for (const row of redirectedRows(table, ports)) {
    if (table.portAt(row, 'origSrc') === table.portAt(row, 'replyDst')) continue;
    // Another source address is another kind of NAT.
    if (!isSourceKept(table, row)) continue;
    const entry = table.at(row);
    const { orig, reply } = entry;
    const tuple = fullTuple(orig);
    if (tuple === null || reply.sport === null || reply.dport === null) continue;
    const key = `${tupleKey(tuple)} ${reply.dport}`;
    if (moved.has(key)) continue;
    moved.set(key, { entry, tuple, to: reply.dport, interceptionPort: reply.sport });
    wanted.add(clientKey(table, row, 'origSrc'));
  }
  if (moved.size === 0) return [];
  const holders = new Map<string, ConntrackEntry>();
  for (const row of redirectedRows(table, ports)) {
    if (!wanted.has(clientKey(table, row, 'replyDst'))) continue;
    const entry = table.at(row);
    const key = keyOf(entry.reply.dst, entry.reply.dport, entry.reply.sport);
    const known = holders.get(key);
    if (known === undefined || !isOpen(known)) holders.set(key, entry);
  }
  return [...moved.values()].map((one) => {
    const { src, sport } = one.tuple;
    return remapOf(capture, one, holders.get(keyOf(src, sport, one.interceptionPort)) ?? null);
  });
}

/** The rows of TCP connections that go to these ports; a pickup in the middle of one is no connect. */
function* redirectedRows(table: ConntrackTable, ports: ReadonlySet<number>): Generator<number> {
  for (let row = 0; row < table.length; row++) {
    if (!ports.has(table.portAt(row, 'replySrc') ?? -1)) continue;
    if (table.unrepliedAt(row) && table.stateAt(row) !== 'SYN_SENT') continue;
    if (table.protoAt(row) === 'tcp') yield row;
  }
}

function isSourceKept(table: ConntrackTable, row: number): boolean {
  const address = table.ipv4At(row, 'origSrc');
  if (address !== null) return address === table.ipv4At(row, 'replyDst');
  return isSameAddress(table.addressAt(row, 'origSrc'), table.addressAt(row, 'replyDst'));
}

function clientKey(table: ConntrackTable, row: number, end: 'origSrc' | 'replyDst'): ClientKey {
  const port = table.portAt(row, end) ?? 0;
  const address = table.ipv4At(row, end);
  if (address !== null) return address * 65_536 + port;
  return `${normalizeAddress(table.addressAt(row, end))} ${port}`;
}

function keyOf(address: string, port: number | null, interceptionPort: number | null): string {
  return `${normalizeAddress(address)} ${port} ${interceptionPort}`;
}

function isOpen({ state, event }: ConntrackEntry): boolean {
  return event !== 'DESTROY' && !OVER.has(state ?? '');
}

function remapOf(
  capture: CaptureOf<'conntrack'>,
  { entry, tuple, to, interceptionPort }: Moved,
  holder: ConntrackEntry | null,
): Remap {
  const client = { address: normalizeAddress(tuple.src), port: tuple.sport };
  const evidence = ({ source }: ConntrackEntry, says: string): Evidence => {
    return { ...placeOf(capture, source), packet: null, says };
  };
  const movedSays = `A connection from ${formatEndpoint(client)} to port ${tuple.dport}: the proxy sees it come from port ${to}.`;
  const holderSays = `Its connection to port ${holder?.orig.dport} has the port: both are redirected to ${interceptionPort}.`;
  return {
    client,
    interceptionPort,
    moved: tuple,
    to,
    first: holder === null ? null : fullTuple(holder.orig),
    state: holder !== null && isOpen(entry) && isOpen(holder) ? 'active' : 'past',
    evidence: [
      evidence(entry, movedSays),
      ...(holder === null ? [] : [evidence(holder, holderSays)]),
    ],
  };
}
