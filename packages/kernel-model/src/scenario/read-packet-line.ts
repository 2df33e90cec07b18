import { addSerial, formatTcpFlags, parseTcpFlags } from '@tuplescope/net';
import { type LineCursor, LineProblem, type Word } from './line-cursor.ts';
import { readOptions } from './read-options.ts';
import type { PacketStep } from './scenario.ts';

const EXAMPLE = '+0.1 < S. 0:0(0) ack 1 win 65535 <mss 1460>   ESTABLISHED SYN_RECV 60';

/** Initial sequence numbers that relative ones count from. */
export interface InitialNumbers {
  readonly local: number;
  readonly remote: number;
}

/** What the words of a packet say. */
export type PacketWords = Pick<PacketStep, 'flags' | 'seq' | 'ack' | 'win' | 'len' | 'options'>;

/** Reads flags, numbers, window and options: what stands behind > or <. */
export function readPacketWords(
  cursor: LineCursor,
  direction: '>' | '<',
  isn: InitialNumbers,
): PacketWords {
  const word = cursor.take();
  const bits = word.text === '-' ? 0 : word.text === '' ? null : parseTcpFlags(word.text);
  if (bits === null) {
    throw new LineProblem(word, 'flags as S, S., ., P., F., R, R., or - for none', EXAMPLE);
  }
  const [own, other] = direction === '>' ? [isn.local, isn.remote] : [isn.remote, isn.local];
  cursor.takeIf('seq');
  const { seq, len } = readRange(cursor.take(), own);
  let ack: number | undefined;
  let win = 0;
  let length = len;
  let options: PacketStep['options'];
  for (;;) {
    if (cursor.takeIf('ack')) ack = readNumber(cursor.take(), other);
    else if (cursor.takeIf('win')) win = readPlain(cursor.take(), 65_535);
    else if (cursor.takeIf('length')) length = readPlain(cursor.take(), 65_535);
    else if (cursor.peek().text.startsWith('<')) options = readOptions(cursor.take());
    else break;
  }
  const flags = formatTcpFlags(bits);
  if (flags.includes('A') && ack === undefined) {
    throw new LineProblem(cursor.peek(), 'ack and a number, since the flags have ACK', EXAMPLE);
  }
  return {
    flags,
    seq,
    win,
    len: length,
    ...(ack === undefined ? {} : { ack }),
    ...(options === undefined ? {} : { options }),
  };
}

/** `0`, `0:1000`, `0:1000(1000)`, or `=1382665639`, which is absolute. */
function readRange(word: Word, isn: number): { seq: number; len: number } {
  const match = /^(=?)(\d{1,10})(?::(\d{1,10}))?(?:\((\d{1,5})\))?$/.exec(word.text);
  if (match === null) {
    throw new LineProblem(word, 'a sequence number, or first:last(length)', EXAMPLE);
  }
  const [, absolute, first, last, bytes] = match;
  const seq = check(word, Number(first));
  const span = last === undefined ? undefined : (check(word, Number(last)) - seq) >>> 0;
  if (span !== undefined && bytes !== undefined && span !== Number(bytes)) {
    throw new LineProblem(word, `a length of ${span}, as the numbers say`, EXAMPLE);
  }
  const len = span ?? Number(bytes ?? 0);
  if (len > 65_535) throw new LineProblem(word, 'a length of at most 65535', EXAMPLE);
  return { seq: absolute === '=' ? seq : addSerial(seq, isn), len };
}

function readNumber(word: Word, isn: number): number {
  const match = /^(=?)(\d{1,10})$/.exec(word.text);
  if (match === null) throw new LineProblem(word, 'a sequence number', EXAMPLE);
  const value = check(word, Number(match[2]));
  return match[1] === '=' ? value : addSerial(value, isn);
}

function readPlain(word: Word, most: number): number {
  if (/^\d{1,10}$/.test(word.text) && Number(word.text) <= most) return Number(word.text);
  throw new LineProblem(word, `a number from 0 to ${most}`, EXAMPLE);
}

function check(word: Word, value: number): number {
  if (value <= 0xffff_ffff) return value;
  throw new LineProblem(word, 'a number below 4294967296', EXAMPLE);
}
