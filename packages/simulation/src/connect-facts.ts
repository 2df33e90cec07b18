import type { PacketSegment } from '@tuplescope/incident';
import type { Endpoint } from '@tuplescope/net';
import { type Course, isColliding, type PortPackets } from './course.ts';
import { readEnd } from './endpoints.ts';
import { secondsBetween, timeOf } from './times.ts';
import { wireNumber } from './wire-numbers.ts';

/** What packets tell of a connect and of the old socket that it meets; null where they do not. */
export interface ConnectFacts {
  /** Time of the connect's first SYN, on the capture's clock. */
  readonly at: number | null;
  /** The SYN. */
  readonly syn: PacketSegment | null;
  /** Its number. */
  readonly isn: number | null;
  /** The old socket's answer to it. */
  readonly challenge: PacketSegment | null;
  /** The number that the old socket expects: that of the RST which would end it. */
  readonly rcvNxt: number | null;
  /** The number that it sends next. */
  readonly sndNxt: number | null;
  /** Where the connect goes. */
  readonly to: Endpoint | null;
  /** Where the old connection went. */
  readonly oldTo: Endpoint | null;
  /** The old connection. */
  readonly old: Course | null;
  /** Seconds from the proxy's FIN to the connect. */
  readonly halfClosedSeconds: number | null;
  /** A RST that answers the old socket left untranslated. */
  readonly wentAstray: boolean;
}

/** Joins what several captures show: one has the connect, another the segments that went astray. */
export function joinFacts(captures: readonly PortPackets[]): ConnectFacts {
  const main =
    captures.find(({ courses }) => courses.some(isColliding)) ??
    captures.find(({ courses }) => courses.length > 0);
  const courses = main?.courses ?? [];
  const index = courses.findIndex(isColliding);
  const connect = courses[index] ?? null;
  const old = (connect === null ? courses.at(-1) : courses[index - 1]) ?? null;
  const rst = captures.map(({ strays }) => strays.rst).find((one) => one !== null) ?? null;
  const fin = captures.map(({ strays }) => strays.fin).find((one) => one !== null) ?? null;
  const challenge = connect?.challenge ?? null;
  const at = connect?.syn == null ? null : timeOf(connect.syn);
  return {
    at,
    syn: connect?.syn ?? null,
    isn: connect?.isn ?? null,
    challenge,
    rcvNxt: number(challenge, 'ack') ?? number(rst, 'seq') ?? old?.clientNext ?? number(fin, 'seq'),
    sndNxt: number(challenge, 'seq') ?? old?.proxyNext ?? number(fin, 'ack'),
    to: connect?.service ?? destinationOf(rst),
    oldTo: old?.service ?? destinationOf(fin),
    old,
    wentAstray:
      rst !== null && challenge !== null && number(rst, 'seq') === number(challenge, 'ack'),
    halfClosedSeconds: at === null || old?.finAt == null ? null : secondsBetween(old.finAt, at),
  };
}

function number(segment: PacketSegment | null, field: 'seq' | 'ack'): number | null {
  return segment === null ? null : wireNumber(segment, field);
}

function destinationOf(segment: PacketSegment | null): Endpoint | null {
  return segment === null ? null : readEnd(segment.dst, segment.dport);
}
