import { InterfaceList } from './capture-interface.ts';
import { Damage } from './damage.ts';
import { newSection, type Section, type SectionInterface } from './section.ts';

/** What kind of file it is; `none` is a file that is no capture. */
export type Format = 'unknown' | 'pcap' | 'pcapng' | 'none';

/**
 * A walk over the packets of a file, and the window of bytes that it sees. `nextPacket` takes it a
 * packet further; where the window ends too early it stops and says in `wanted` how many bytes it
 * needs. It decides nothing that more bytes could change, so it does not matter how a file is cut
 * into windows.
 */
export interface Walk {
  /** The bytes of the window. */
  bytes: Uint8Array;
  /** The same bytes: a processor reads a number of them at once. */
  view: DataView;
  /** Offset in the file of `bytes[0]`. */
  base: number;
  /** Where the walk stands in `bytes`. */
  at: number;
  /** Where the window ends in `bytes`. */
  end: number;
  /** The file ends where the window does. */
  isLast: boolean;
  /** How many bytes from `at` on the walk needs to go on. */
  wanted: number;

  format: Format;
  section: Section;
  interfaces: InterfaceList;
  readonly damage: Damage;

  /** Number of the packet, from 1; packets that are not TCP count too. */
  n: number;
  /** Where the packet's record begins in `bytes`, its header included. It ends at `at`. */
  start: number;
  /** Where the packet's bytes begin in `bytes`. */
  dataStart: number;
  /** Where the packet's bytes end in `bytes`: not all of them are there where it was cut. */
  dataEnd: number;
  /** How many bytes the packet had on the wire. */
  wire: number;
  /** The record says when the packet was captured. */
  hasTime: boolean;
  /** Seconds since the epoch. */
  seconds: number;
  /** Nanoseconds of that second. */
  nanoseconds: number;
  /** What the packet's bytes begin with. */
  linkType: number;
  /** Number of the interface. */
  interfaceNumber: number;

  /** Seconds of the last packet that had a time; -1 before it. */
  lastSeconds: number;
  lastNanoseconds: number;
  /** Offset in the file from where nothing could be read, or -1. */
  lostAt: number;
  /** What was expected there. */
  lostExpected: string;
  /** What was found there. */
  lostFound: string;
}

/** What the headers of a file say of the packets behind them. */
export interface WalkContext {
  readonly format: Format;
  readonly section: Section;
  readonly interfaces: InterfaceList;
}

/** Makes a walk that has seen nothing yet. */
export function newWalk(): Walk {
  return {
    bytes: new Uint8Array(0),
    view: new DataView(new ArrayBuffer(0)),
    base: 0,
    at: 0,
    end: 0,
    isLast: false,
    wanted: 1,
    format: 'unknown',
    section: newSection(),
    interfaces: new InterfaceList(),
    damage: new Damage(),
    n: 0,
    start: 0,
    dataStart: 0,
    dataEnd: 0,
    wire: 0,
    hasTime: false,
    seconds: 0,
    nanoseconds: 0,
    linkType: 0,
    interfaceNumber: 0,
    lastSeconds: -1,
    lastNanoseconds: 0,
    lostAt: -1,
    lostExpected: '',
    lostFound: '',
  };
}

/** Lets a walk begin in the middle of a file, at packet `n`. */
export function resumeAt(
  walk: Walk,
  { format, section, interfaces }: WalkContext,
  n: number,
): void {
  walk.format = format;
  walk.section = section;
  walk.interfaces = interfaces;
  walk.n = n - 1;
  if (format === 'pcap') useOnlyInterface(walk);
}

/** A pcap has one interface, and a time for each packet. */
export function useOnlyInterface(walk: Walk): void {
  const { linkType, number } = walk.section.interfaces[0] as SectionInterface;
  walk.linkType = linkType;
  walk.interfaceNumber = number;
  walk.hasTime = true;
}

/** Shows the walk a window: `bytes` from `at` on, `base` being the offset in the file of `bytes[0]`. */
export function setWindow(
  walk: Walk,
  bytes: Uint8Array,
  base: number,
  at: number,
  isLast: boolean,
): void {
  walk.bytes = bytes;
  walk.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  walk.base = base;
  walk.at = at;
  walk.end = bytes.length;
  walk.isLast = isLast;
}

/** Says that the walk cannot go on before it has so many bytes; false, as `nextPacket` gives it. */
export function starve(walk: Walk, wanted: number): false {
  walk.wanted = wanted;
  return false;
}

/** Notes that nothing can be read from here on, until a place is found where it can. */
export function lose(walk: Walk, expected: string, found: string): void {
  walk.lostAt = walk.base + walk.at;
  walk.lostExpected = expected;
  walk.lostFound = found;
  // What stands here was tried.
  walk.at++;
}

/** Says what was lost, now that the walk stands where it can read again, or at the end. */
export function recover(walk: Walk): void {
  const end = walk.base + walk.at;
  const rest = walk.at >= walk.end ? '' : `; read on after ${end - walk.lostAt} bytes`;
  walk.damage.add({
    severity: 'error',
    start: walk.lostAt,
    end,
    expected: walk.lostExpected,
    found: `${walk.lostFound}${rest}`,
  });
  walk.lostAt = -1;
}

/** Keeps the packet's time, and says once that times run backwards. */
export function keepTime(walk: Walk): void {
  const { seconds, nanoseconds } = walk;
  if (
    seconds < walk.lastSeconds ||
    (seconds === walk.lastSeconds && nanoseconds < walk.lastNanoseconds)
  ) {
    walk.damage.tally('time', {
      severity: 'hint',
      start: walk.base + walk.start,
      end: walk.base + walk.at,
      expected: 'times that do not run backwards',
      found: `packet ${walk.n} before the one it follows`,
    });
  }
  walk.lastSeconds = seconds;
  walk.lastNanoseconds = nanoseconds;
}
