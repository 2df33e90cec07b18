import { isSameAddress, type Tuple } from '@tuplescope/net';
import type { NatRule } from '../nat/nat-rule.ts';
import type { Packet } from '../packet.ts';
import type { TcpSocket } from '../tcp/tcp-socket.ts';
import type { Tracker } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import { type EntryInput, entryPackets } from './entry-packets.ts';

/** Where an entry is to be. */
export interface EntryPlace {
  readonly tracker: Tracker;
  readonly nat: readonly NatRule[];
  readonly sockets: readonly { readonly socket: TcpSocket }[];
  readonly now: number;
}

/**
 * Brings an entry into a tracker: its packets are sent as whoever the NAT rules lead to its reply tuple
 * for, an application, an exempted user, or somebody outside.
 *
 * @throws {TrackerError} `bad-pod` where the rules lead nobody there.
 */
export function addEntry(place: EntryPlace, entry: EntryInput, field: string): void {
  const { tracker, now } = place;
  if (entry.timeout <= 0) return;
  const numbered = { ...numbersOf(place, entry), ...entry };
  const packets = entryPackets(numbered, tracker.sysctls, now, field);
  const found: string[] = [];
  for (const sender of sendersOf(place.nat)) {
    const begun = packets.map((packet) => tracker.track({ ...packet, ...sender }))[0]?.after;
    const made = tracker.find(entry.original, now);
    if (made !== null && isSameTuple(made.reply, entry.reply)) return;
    for (const { at } of packets) tracker.delete(entry.original, at);
    if (begun) found.push(`${begun.reply.src}:${begun.reply.sport}`);
  }
  const reached = [...new Set(found)].join(', ') || 'nothing';
  throw new TrackerError(
    'bad-pod',
    `${field}.reply`,
    `${entry.reply.src}:${entry.reply.sport}`,
    `a reply tuple that the NAT rules lead to: from ${reached}`,
  );
}

/** Whoever rules tell apart: nobody in particular, each user that they name, and what arrives. */
function sendersOf(nat: readonly NatRule[]): readonly Pick<Packet, 'hook' | 'owner'>[] {
  const users = nat.flatMap(({ match, except = [] }) =>
    [match, ...except].map((one) => one?.owner),
  );
  const named = [...new Set(users)].filter((user) => user !== undefined);
  return [
    { hook: 'output' },
    ...named.map((owner) => ({ hook: 'output', owner }) as const),
    { hook: 'prerouting' },
  ];
}

/** The numbers of the socket that the entry's answers come from, or go to. */
function numbersOf(
  { sockets }: EntryPlace,
  { original, reply }: EntryInput,
): Pick<EntryInput, 'clientNext' | 'serverNext'> {
  const server = sockets.find(({ socket }) => isAt(socket, reply))?.socket;
  if (server !== undefined) return { clientNext: server.rcvNxt, serverNext: server.sndNxt };
  const client = sockets.find(({ socket }) => isAt(socket, original))?.socket;
  return client === undefined ? {} : { clientNext: client.sndNxt, serverNext: client.rcvNxt };
}

function isAt({ local, peer }: TcpSocket, { src, sport, dst, dport }: Tuple): boolean {
  return (
    local.port === sport &&
    peer.port === dport &&
    isSameAddress(local.address, src) &&
    isSameAddress(peer.address, dst)
  );
}

function isSameTuple(a: Tuple, b: Tuple): boolean {
  return (
    a.sport === b.sport &&
    a.dport === b.dport &&
    isSameAddress(a.src, b.src) &&
    isSameAddress(a.dst, b.dst)
  );
}
