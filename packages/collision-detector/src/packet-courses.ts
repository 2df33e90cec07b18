import {
  type Incident,
  type PacketCapture,
  type PacketSegment,
  type Place,
  packetCapturesOf,
  packetSegments,
  placeOf,
  type Sieve,
} from '@tuplescope/incident';
import {
  ACK,
  addSerial,
  formatEndpoint,
  isLoopback,
  normalizeAddress,
  RST,
  SYN,
} from '@tuplescope/net';
import { groupBy } from './group-by.ts';
import { interceptionPorts } from './interception-ports.ts';
import { secondsBetween, timeOfSegment } from './times.ts';

/** An answer comes within this time, or it belongs to something else. */
const ANSWER_SECONDS = 0.5;

/** `tcpdump -i any` shows a packet on each interface that it passes, within this time. */
const COPY_SECONDS = 0.001;

const QUARTER_HOUR = 900;

/** No kernel sends a SYN this often (tcp_syn_retries is 127 at most, 6 by default). */
const MOST_OF_ONE_KIND = 128;

/** A segment with its place in the incident. */
export interface Packet {
  readonly segment: PacketSegment;
  readonly place: Place;
}

/** One connect in the making: its SYNs share an initial sequence number. */
export interface PacketCourse {
  readonly client: string;
  readonly port: number;
  /** Initial sequence number. */
  readonly isn: number;
  readonly interceptionPort: number;
  readonly syns: Packet[];
  readonly challengeAcks: Packet[];
  /** RSTs that went to the interception port. */
  readonly translated: Packet[];
  /** RSTs that went out with the service's address. */
  readonly untranslated: Packet[];
  synAck: Packet | null;
}

/**
 * Follows, in packets, the connects whose redirected SYN was answered by a bare ACK
 * that does not acknowledge it: the challenge ACK of a socket that was there before.
 */
export function findPacketCourses(incident: Incident): PacketCourse[] {
  const ports = interceptionPorts(incident, 'outbound');
  const captures = packetCapturesOf(incident.captures);
  const courses = withoutCopies(
    captures.flatMap((capture) => coursesIn(capture, ports)).filter(isChallenged),
  );
  const byClient = groupBy(courses, ({ client, port }) => keyOf(client, port));
  const clientPorts = new Set(courses.map(({ port }) => port));
  for (const capture of captures) addUntranslatedResets(capture, byClient, clientPorts);
  return courses;
}

/** An ACK to which the first SYN's SYN-ACK follows was under way from an earlier connection. */
function isChallenged({ challengeAcks, syns, synAck }: PacketCourse): boolean {
  return challengeAcks.length > 0 && (synAck === null || syns.length > 1);
}

/**
 * The same packets may be in two files, as a capture and as its text, which may be printed in another
 * zone: zones are quarters of an hour apart.
 */
function withoutCopies(courses: readonly PacketCourse[]): PacketCourse[] {
  const seen = new Set<string>();
  return courses.filter(({ client, port, isn, syns }) => {
    const at = timeOfSegment((syns[0] as Packet).segment);
    const key = `${keyOf(client, port)} ${isn} ${at === null ? '' : Math.round(at % QUARTER_HOUR)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function coursesIn(capture: PacketCapture, ports: ReadonlySet<number>): PacketCourse[] {
  const open = new Map<string, PacketCourse>();
  const courses: PacketCourse[] = [];
  /** How many connects from each port have no SYN-ACK yet. */
  const waiting = new Map<number, number>();
  const wait = (port: number, more: 1 | -1): void => {
    waiting.set(port, (waiting.get(port) ?? 0) + more);
  };
  const mayMatter: Sieve = (_, dport, flags) => {
    if ((flags & (SYN | ACK)) === SYN || flags === RST) return ports.has(dport);
    return (flags === ACK || (flags & SYN) !== 0) && (waiting.get(dport) ?? 0) > 0;
  };
  for (const segment of packetSegments(capture, mayMatter)) {
    const { flags, src, sport, dst, dport, seq } = segment;
    const packet = { segment, place: placeOf(capture, segment.source) };
    if (!flags.includes('S') || flags.includes('A')) {
      const answered = open.get(keyOf(dst, dport));
      if (answered !== undefined && answered.synAck === null) {
        takeAnswer(answered, packet);
        if (answered.synAck !== null) wait(dport, -1);
      }
      const answering = open.get(keyOf(src, sport));
      if (answering !== undefined && flags === 'R' && ports.has(dport)) {
        add(answering.translated, packet);
      }
      continue;
    }
    if (!ports.has(dport) || !isLoopback(dst) || seq === undefined) continue;
    const course = open.get(keyOf(src, sport));
    if (course?.isn === seq) add(course.syns, packet);
    else {
      const begun = begin(packet, seq);
      open.set(keyOf(src, sport), begun);
      if (course === undefined || course.synAck !== null) wait(sport, 1);
      courses.push(begun);
    }
  }
  return courses;
}

function begin(packet: Packet, isn: number): PacketCourse {
  const { src, sport, dport } = packet.segment;
  return {
    client: normalizeAddress(src),
    port: sport,
    isn,
    interceptionPort: dport,
    syns: [packet],
    challengeAcks: [],
    translated: [],
    untranslated: [],
    synAck: null,
  };
}

function takeAnswer(course: PacketCourse, packet: Packet): void {
  const { segment } = packet;
  if (elapsed(course.syns.at(-1) as Packet, segment) > ANSWER_SECONDS) return;
  const { flags, len } = segment;
  if (flags.includes('S') && flags.includes('A')) course.synAck = packet;
  else if (flags === 'A' && len === 0 && !acknowledgesSyn(segment, course.isn)) {
    add(course.challengeAcks, packet);
  }
}

/** tcpdump counts from a SYN that it saw, so its acknowledgement may be printed as 1. */
function acknowledgesSyn({ absolute, relative, ack }: PacketSegment, isn: number): boolean {
  const number = absolute?.ack ?? ack;
  const isCounted = absolute?.ack === undefined && relative === true;
  return number === undefined || number === addSerial(isn, 1) || (isCounted && number === 1);
}

/** RSTs of the same client that show with the service's address: each answers one challenge ACK. */
function addUntranslatedResets(
  capture: PacketCapture,
  byClient: ReadonlyMap<string, readonly PacketCourse[]>,
  clientPorts: ReadonlySet<number>,
): void {
  const mayMatter: Sieve = (sport, _, flags) => flags === RST && clientPorts.has(sport);
  for (const segment of packetSegments(capture, mayMatter)) {
    if (segment.flags !== 'R' || isLoopback(segment.dst)) continue;
    const ofClient = byClient.get(keyOf(segment.src, segment.sport)) ?? [];
    const course = ofClient.find(({ challengeAcks, untranslated }) => {
      if (untranslated.length >= challengeAcks.length) return false;
      return challengeAcks.some((ack) => {
        const seconds = elapsed(ack, segment);
        return seconds >= 0 && seconds < ANSWER_SECONDS;
      });
    });
    if (course === undefined) continue;
    add(course.untranslated, { segment, place: placeOf(capture, segment.source) });
  }
}

/** Adds a packet unless it is one of them again, as another interface or file shows it. */
function add(packets: Packet[], packet: Packet): void {
  if (packets.length >= MOST_OF_ONE_KIND) return;
  if (packets.some((known) => isCopy(known, packet))) return;
  packets.push(packet);
}

function isCopy(a: Packet, { segment }: Packet): boolean {
  const { ipId } = a.segment;
  if (ipId && segment.ipId) return ipId === segment.ipId;
  const isTimed = timeOfSegment(segment) !== null;
  return isTimed && Math.abs(elapsed(a, segment)) < COPY_SECONDS;
}

/** Seconds between two packets; without stamps everything is near. */
function elapsed({ segment }: Packet, later: PacketSegment): number {
  const from = timeOfSegment(segment);
  const to = timeOfSegment(later);
  return from === null || to === null ? 0 : secondsBetween(from, to);
}

function keyOf(address: string, port: number): string {
  return formatEndpoint({ address: normalizeAddress(address), port });
}
