import type { TcpOptions } from '@tuplescope/net';
import { LineProblem, type Word } from './line-cursor.ts';

const EXAMPLE = '> S 0:0 win 65535 <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 8>';
const EXPECTED = 'options: mss N, sackOK, TS val N ecr N, wscale N, sack L:R, nop, eol';

/** What options are made of while they are read. */
type Draft = { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] };

/** Reads options between < and >, as tcpdump and packetdrill write them. */
export function readOptions(word: Word): TcpOptions {
  const options: Draft = {};
  const body = word.text.slice(1, -1);
  let column = word.column + 1;
  for (const part of body.split(',')) {
    readOption(options, { text: part.trim(), column });
    column += part.length + 1;
  }
  return options;
}

function readOption(options: Draft, word: Word): void {
  const { text } = word;
  if (text === 'nop' || text === 'eol') return;
  if (text === 'sackOK') {
    options.sackOK = true;
    return;
  }
  const number = /^(mss|wscale) (\d{1,5})$/.exec(text);
  const stamp = /^TS val (\d{1,10})(?: ecr (\d{1,10}))?$/.exec(text);
  const sack = /^sack(?: \d+)? ?\{?(\d{1,10}):(\d{1,10})\}?$/.exec(text);
  if (number?.[1] === 'mss') options.mss = within(word, number[2], 65_535);
  else if (number !== null) options.wscale = within(word, number[2], 255);
  else if (stamp !== null) {
    options.ts = [within(word, stamp[1], 0xffff_ffff), within(word, stamp[2] ?? '0', 0xffff_ffff)];
  } else if (sack !== null) {
    const block = [within(word, sack[1], 0xffff_ffff), within(word, sack[2], 0xffff_ffff)] as const;
    options.sack = [...(options.sack ?? []), block];
  } else throw new LineProblem(word, EXPECTED, EXAMPLE);
}

function within(word: Word, digits: string | undefined, most: number): number {
  const value = Number(digits);
  if (value <= most) return value;
  throw new LineProblem(word, `a number from 0 to ${most}`, EXAMPLE);
}
