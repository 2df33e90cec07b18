import type { TcpOptions } from '@tuplescope/net';

/**
 * Reads a list of TCP options as tcpdump prints it between its brackets, for the lists that have
 * more than the usual ones.
 *
 * @example
 * readOptions('nop,nop,sack 2 {10:20}{30:40}') // { sack: [[10, 20], [30, 40]] }
 */
export function readOptions(text: string): TcpOptions {
  const options: { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] } = {};
  const other: string[] = [];
  for (const item of splitList(text)) {
    if (!readOption(item, options)) other.push(item);
  }
  if (other.length > 0) options.other = other;
  return options;
}

/** Splits at the commas between options: inside an option a comma stands in braces or before a blank. */
function splitList(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const character = text[i];
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    const ends = i === text.length || (character === ',' && depth <= 0 && text[i + 1] !== ' ');
    if (!ends) continue;
    const item = text.slice(start, i).trim();
    if (item !== '') items.push(item);
    start = i + 1;
  }
  return items;
}

type Draft = { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] };

/** Puts an option where it belongs; false where it is for `other`. */
function readOption(item: string, options: Draft): boolean {
  const [name = '', ...words] = item.split(/\s+/);
  const rest = words.join(' ');
  switch (name) {
    case 'nop':
    case 'eol':
      return words.length === 0;
    case 'sackOK':
      options.sackOK = true;
      return words.length === 0;
    case 'mss':
      return readNumber(rest, (value) => (options.mss = value));
    case 'wscale':
      return readNumber(rest, (value) => (options.wscale = value));
    case 'TS':
    case 'timestamp':
      return readTimestamp(rest, options);
    case 'sack':
      return readSack(rest, options);
    case 'tfo':
    case 'exp-tfo':
      return readFastOpen(rest, options);
    case 'mptcp':
      options.mptcp = options.mptcp === undefined ? rest : `${options.mptcp}, ${rest}`;
      return true;
    default:
      return false;
  }
}

function readNumber(text: string, use: (value: number) => void): boolean {
  if (!/^\d{1,5}$/.test(text)) return false;
  use(Number(text));
  return true;
}

/** `val 5 ecr 6`, or `5 6` before 4.1. */
function readTimestamp(text: string, options: Draft): boolean {
  const match = /^(?:val )?(\d{1,10}) (?:ecr )?(\d{1,10})$/.exec(text);
  if (match === null) return false;
  options.ts = [Number(match[1]), Number(match[2])];
  return true;
}

/** `2 {10:20}{30:40}`; 3.x says `sack` twice. */
function readSack(text: string, options: Draft): boolean {
  if (!/^(?:sack )?\d \{[\d:{}]*\}$/.test(text)) return false;
  const blocks = [...text.matchAll(/\{(\d{1,10}):(\d{1,10})\}/g)];
  options.sack = blocks.map((block) => [Number(block[1]), Number(block[2])]);
  return true;
}

/** `cookiereq`, or `cookie 0102030405060708`. */
function readFastOpen(text: string, options: Draft): boolean {
  const match = /^cookie(?:req| ([0-9a-f]+))$/.exec(text);
  if (match === null) return false;
  options.tfo = match[1] ?? '';
  return true;
}
