import { OtherLines } from '@tuplescope/scan';
import { ConnectionMemory } from './connection-memory.ts';
import { NO_STAMP } from './packet-draft.ts';
import { UNKNOWN } from './sequence-numbers.ts';
import type { TcpdumpOptions } from './tcpdump-options.ts';

/** What must be remembered from block to block of one text. */
export interface TcpdumpContext {
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
  /** Packets that are not TCP. */
  readonly others: OtherLines;
}

/** Makes the memory of a text of which nothing was read yet. */
export function newContext({ utcOffsetHours = 0 }: TcpdumpOptions = {}): TcpdumpContext {
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
    others: new OtherLines('TCP packets only', 'packets that are not TCP'),
  };
}

/** Another run of tcpdump begins: it counts each connection anew. */
export function startRun(context: TcpdumpContext, interfaceName: string): void {
  context.interfaceName = interfaceName;
  context.below = 'nothing';
  context.isStamped = false;
  context.clock = NO_STAMP;
  context.isInPayload = false;
  context.printsPayload = false;
  context.habit = UNKNOWN;
  context.memory = new ConnectionMemory();
}
