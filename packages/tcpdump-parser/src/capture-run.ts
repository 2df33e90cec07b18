import {
  type Diagnostic,
  DiagnosticList,
  type DiagnosticPlace,
  type SourceOrigin,
} from '@tuplescope/scan';
import { ConnectionMemory } from './connection-memory.ts';
import { NO_STAMP } from './packet-draft.ts';
import { UNKNOWN } from './sequence-numbers.ts';

/** What the caller of the parser can ask for. */
export interface TcpdumpOptions {
  /**
   * The zone of `-tttt` stamps, in hours east of UTC: tcpdump prints the local time of the host it
   * runs on and never says which zone that is. 0 without it. Epoch stamps (`-tt`) need none.
   */
  readonly utcOffsetHours?: number;
}

/** What must be remembered from block to block of one text. */
export interface CaptureRun {
  readonly utcOffsetHours: number;
  /** Packets so far, TCP or not, or the last number that `-#` printed. */
  packets: number;
  /** The interface of `tcpdump: listening on lo, …`; empty where the text does not say. */
  interfaceName: string;
  /** What the last line showed: the lines below it belong to that. */
  below: 'nothing' | 'segment' | 'other packet';
  /** The last packet that is not inside another had a stamp or a number. */
  isStamped: boolean;
  /** The clock and the seconds of the last stamp, for the packet inside a tunnel's. */
  clock: number;
  seconds: number;
  /** What follows is the payload as text (`-A`), until the next packet. */
  isInPayload: boolean;
  /** This run prints payloads as text, which was said in a hint. */
  printsPayload: boolean;
  hasSaidForgotten: boolean;
  /** Service names that were reported as not known, at most 64. */
  readonly unknownNames: Set<string>;
  /** How the numbers are printed, and what they count from. */
  habit: number;
  memory: ConnectionMemory;
  /** Packets that are not TCP, and the hint on the first of them. */
  otherPackets: number;
  firstOther: Diagnostic | null;
}

/** Makes the memory of a text of which nothing was read yet. */
export function newRun({ utcOffsetHours = 0 }: TcpdumpOptions = {}): CaptureRun {
  return {
    utcOffsetHours,
    packets: 0,
    interfaceName: '',
    below: 'nothing',
    isStamped: false,
    clock: NO_STAMP,
    seconds: 0,
    isInPayload: false,
    printsPayload: false,
    hasSaidForgotten: false,
    unknownNames: new Set(),
    habit: UNKNOWN,
    memory: new ConnectionMemory(),
    otherPackets: 0,
    firstOther: null,
  };
}

/** Another run of tcpdump begins: it counts each connection anew. */
export function startRun(run: CaptureRun, interfaceName: string): void {
  run.interfaceName = interfaceName;
  run.below = 'nothing';
  run.isStamped = false;
  run.clock = NO_STAMP;
  run.isInPayload = false;
  run.printsPayload = false;
  run.habit = UNKNOWN;
  run.memory = new ConnectionMemory();
}

/** Counts a packet that is not TCP; the first is the one that the hint shows. */
export function noteOtherPacket(
  run: CaptureRun,
  bytes: Uint8Array,
  origin: SourceOrigin,
  place: Omit<DiagnosticPlace, 'severity' | 'expected'>,
): void {
  run.otherPackets++;
  if (run.firstOther !== null) return;
  const list = new DiagnosticList(bytes, origin);
  list.add({ ...place, severity: 'hint', expected: 'TCP packets only' });
  run.firstOther = list.all()[0] ?? null;
}

/** Gives the one hint on the packets that are not TCP, or null where there are none. */
export function otherPacketsHint({ otherPackets, firstOther }: CaptureRun): Diagnostic | null {
  if (firstOther === null) return null;
  const packets = otherPackets === 1 ? 'packet that is' : 'packets that are';
  const found = `${otherPackets} ${packets} not TCP, first ${firstOther.found}`;
  return { ...firstOther, found, message: `expected ${firstOther.expected}, found ${found}` };
}
