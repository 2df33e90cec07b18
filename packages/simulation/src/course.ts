import type { Incident, PacketCapture, PacketSegment } from '@tuplescope/incident';
import { type Endpoint, isLoopback, isSameAddress } from '@tuplescope/net';
import { packetCaptures, segmentsOf } from './captures.ts';
import { ANSWER_SECONDS } from './challenged-clients.ts';
import { readEnd } from './endpoints.ts';
import { secondsBetween, timeOf } from './times.ts';
import { isChallenge, isSyn, numberAfter, wireNumber } from './wire-numbers.ts';

/** One connection of a client's port to the proxy, as a capture shows it. */
export interface Course {
  /** Its first SYN; null where the capture begins later. */
  readonly syn: PacketSegment | null;
  /** Initial sequence number. */
  readonly isn: number | null;
  /** How often the SYN was sent. */
  readonly syns: number;
  readonly synAck: PacketSegment | null;
  /** The first answer of an older socket. */
  readonly challenge: PacketSegment | null;
  /** The service, as answers on lo have it once NAT is undone. */
  readonly service: Endpoint | null;
  /** The number that the proxy expects next: what it acknowledged last, else what it was sent. */
  readonly clientNext: number | null;
  /** The number that the proxy sends next. */
  readonly proxyNext: number | null;
  /** When the proxy's FIN passed. */
  readonly finAt: number | null;
  /** The last segments of each side that carry a timestamp. */
  readonly clientStamp: PacketSegment | null;
  readonly proxyStamp: PacketSegment | null;
}

/** Segments of the client's port that left untranslated: what conntrack called INVALID. */
export interface Strays {
  readonly rst: PacketSegment | null;
  readonly fin: PacketSegment | null;
}

/** What one capture shows of a client's port. */
export interface PortPackets {
  readonly courses: readonly Course[];
  readonly strays: Strays;
}

type Draft = { -readonly [Key in keyof Course]: Course[Key] };

/**
 * Reads what each capture shows of a client's connections to the proxy, in the order of the packets.
 *
 * @param client the client's end.
 * @param ports the interception ports.
 */
export function readCourses(
  incident: Incident,
  client: Endpoint,
  ports: ReadonlySet<number>,
): PortPackets[] {
  return packetCaptures(incident.captures)
    .map((capture) => readCapture(capture, client, ports))
    .filter(
      ({ courses, strays }) => courses.length > 0 || strays.rst !== null || strays.fin !== null,
    );
}

function readCapture(
  capture: PacketCapture,
  { address, port }: Endpoint,
  ports: ReadonlySet<number>,
): PortPackets {
  const courses: Draft[] = [];
  const strays: { -readonly [Key in keyof Strays]: Strays[Key] } = { rst: null, fin: null };
  for (const segment of segmentsOf(capture, (sport, dport) => sport === port || dport === port)) {
    const { src, sport, dst, dport, flags } = segment;
    if (sport === port && isSameAddress(src, address)) {
      if (ports.has(dport) && isLoopback(dst)) takeFromClient(courses, segment);
      else if (isLoopback(dst)) continue;
      else if (flags === 'R') strays.rst ??= segment;
      else if (flags.includes('F')) strays.fin ??= segment;
    } else if (dport === port && isSameAddress(dst, address)) takeFromProxy(courses, segment);
  }
  return { courses, strays };
}

function takeFromClient(courses: Draft[], segment: PacketSegment): void {
  const last = courses.at(-1);
  if (isSyn(segment)) {
    const isn = wireNumber(segment, 'seq');
    if (last !== undefined && last.isn === isn && last.syn !== null) last.syns++;
    else courses.push({ ...begin(), syn: segment, isn, syns: 1 });
    return;
  }
  const course = last ?? begin();
  if (last === undefined) courses.push(course);
  // What answers a challenge belongs to the older connection's numbers, and is no news of this one's.
  if (segment.flags.includes('R')) return;
  course.clientNext = numberAfter(segment) ?? course.clientNext;
  if (segment.options?.ts !== undefined) course.clientStamp = segment;
}

function takeFromProxy(courses: Draft[], segment: PacketSegment): void {
  const { src, sport, flags, options } = segment;
  const course = courses.at(-1);
  // Before the first SYN the answers may be those of an unredirected connection.
  if (course === undefined) return;
  if (!isLoopback(src)) course.service ??= readEnd(src, sport);
  if (flags.includes('S')) course.synAck ??= segment;
  else if (course.isn !== null && course.synAck === null && isChallenge(segment, course.isn)) {
    if (isPrompt(course, segment)) course.challenge ??= segment;
    return;
  } else if (flags.includes('R')) return;
  course.clientNext = wireNumber(segment, 'ack') ?? course.clientNext;
  course.proxyNext = numberAfter(segment) ?? course.proxyNext;
  if (flags.includes('F')) course.finAt ??= timeOf(segment);
  if (options?.ts !== undefined) course.proxyStamp = segment;
}

function isPrompt({ syn, syns }: Draft, answer: PacketSegment): boolean {
  const [asked, time] = [syn === null ? null : timeOf(syn), timeOf(answer)];
  return (
    syns > 1 || asked === null || time === null || secondsBetween(asked, time) <= ANSWER_SECONDS
  );
}

function begin(): Draft {
  return {
    syn: null,
    isn: null,
    syns: 0,
    synAck: null,
    challenge: null,
    service: null,
    clientNext: null,
    proxyNext: null,
    finAt: null,
    clientStamp: null,
    proxyStamp: null,
  };
}

/** An ACK to which the first SYN's answer follows was merely under way. */
export function isColliding({ challenge, synAck, syns }: Course): boolean {
  return challenge !== null && (synAck === null || syns > 1);
}
