import type { Endpoint } from '@tuplescope/net';
import { isAddress, readEndpoint } from '../pod/read-endpoint.ts';
import { createLineCursor, type LineCursor, LineProblem, type Word } from './line-cursor.ts';
import { readCheckExpectation, readPacketExpectation } from './read-expectation.ts';
import { readPacketWords } from './read-packet-line.ts';
import type { CheckStep, Expectation, PacketStep, Scenario } from './scenario.ts';
import { ScenarioError, type ScenarioProblem } from './scenario-error.ts';

/** What the lines so far have said. */
interface Draft {
  profile: string | null;
  readonly sysctls: Record<string, number>;
  redirect: number | null;
  readonly steps: (PacketStep | CheckStep)[];
  at: number;
  local: Endpoint;
  remote: Endpoint;
  isn: { local: number; remote: number };
}

/** No packet needs more. */
const LONGEST_LINE = 1000;

/** Examples of the lines that say what the packets meet. */
const HEADERS: Readonly<Record<string, string>> = {
  profile: 'profile 5.19.0',
  sysctl: 'sysctl nf_conntrack_tcp_be_liberal=1',
  redirect: 'redirect 15001',
  local: 'local 172.29.73.7:44410',
  remote: 'remote 172.21.206.198:7777',
  isn: 'isn > 66001914 < 2639327785',
};

const PACKET_EXAMPLE = '+0.1 > S 0:0 win 65535 <mss 1460,wscale 8>   NEW SYN_SENT [UNREPLIED] 120';

/**
 * Reads a scenario: one packet a line, as tcpdump and packetdrill write it, and at its end what
 * conntrack is to say of it.
 *
 * @throws {ScenarioError} with every line that cannot be read, each with its column and an example.
 */
export function parseScenario(text: string): Scenario {
  const draft: Draft = {
    profile: null,
    sysctls: {},
    redirect: null,
    steps: [],
    at: 0,
    local: { address: '10.0.0.1', port: 44_410 },
    remote: { address: '10.0.0.2', port: 80 },
    isn: { local: 0, remote: 0 },
  };
  const problems: ScenarioProblem[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    try {
      if (line.length > LONGEST_LINE) {
        const word = { text: line.slice(0, 20), column: 1 };
        throw new LineProblem(word, `a line of at most ${LONGEST_LINE} characters`, PACKET_EXAMPLE);
      }
      readLine(draft, createLineCursor(line), i + 1, line);
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      problems.push({ ...error.problem, line: i + 1, text: line });
    }
  }
  if (problems.length > 0) throw new ScenarioError(problems);
  const { profile, sysctls, redirect, steps } = draft;
  return { profile, sysctls, redirect, steps };
}

/**
 * Reads what a packet's line expects, without the packet: `ESTABLISHED SYN_SENT 120`.
 *
 * @throws {ScenarioError} for words that say nothing.
 */
export function readVerdictExpectation(text: string): Expectation {
  try {
    return readPacketExpectation(createLineCursor(text));
  } catch (error) {
    if (!(error instanceof LineProblem)) throw error;
    throw new ScenarioError([{ ...error.problem, line: 1, text }]);
  }
}

function readLine(draft: Draft, cursor: LineCursor, line: number, text: string): void {
  if (cursor.isAtEnd) return;
  const first = cursor.peek();
  if (Object.hasOwn(HEADERS, first.text)) {
    cursor.take();
    readHeader(draft, first, cursor);
    if (!cursor.isAtEnd) {
      throw new LineProblem(cursor.peek(), 'the end of the line', HEADERS[first.text] as string);
    }
    return;
  }
  readTime(draft, cursor);
  const mark = cursor.take();
  const placed = { line, text, at: draft.at, local: draft.local, remote: draft.remote };
  if (mark.text === '?') {
    draft.steps.push({ kind: 'check', ...placed, expects: readCheckExpectation(cursor) });
    return;
  }
  if (mark.text !== '>' && mark.text !== '<') {
    const expected = `>, < or ? after an optional time, or one of ${Object.keys(HEADERS).join(', ')}`;
    throw new LineProblem(mark, expected, PACKET_EXAMPLE);
  }
  const words = readPacketWords(cursor, mark.text, draft.isn);
  const expects = readPacketExpectation(cursor);
  draft.steps.push({ kind: 'packet', direction: mark.text, ...placed, ...words, expects });
}

/** `+1.5` counts from the line before, `1.5` from the beginning; without either no time passes. */
function readTime(draft: Draft, cursor: LineCursor): void {
  const word = cursor.peek();
  const match = /^(\+?)(\d{1,9}(?:\.\d{1,9})?)$/.exec(word.text);
  if (match === null) return;
  cursor.take();
  const seconds = Number(match[2]);
  const at = match[1] === '+' ? Math.round((draft.at + seconds) * 1e9) / 1e9 : seconds;
  if (at < draft.at) {
    throw new LineProblem(
      word,
      `a time from ${draft.at} on: no line is before the last`,
      PACKET_EXAMPLE,
    );
  }
  draft.at = at;
}

function readHeader(draft: Draft, name: Word, cursor: LineCursor): void {
  const example = HEADERS[name.text] as string;
  const isForAll = name.text === 'profile' || name.text === 'sysctl' || name.text === 'redirect';
  if (isForAll && draft.steps.length > 0) {
    throw new LineProblem(name, `${name.text} before the first packet`, example);
  }
  switch (name.text) {
    case 'profile':
      draft.profile = need(cursor, /^\S+$/, 'a profile or a kernel release', example);
      break;
    case 'sysctl': {
      const text = need(cursor, /^[a-z]\w*=\d{1,10}$/, 'a sysctl as name=number', example);
      const [key = '', value] = text.split('=');
      draft.sysctls[key] = Number(value);
      break;
    }
    case 'redirect': {
      const word = cursor.peek();
      const port = Number(need(cursor, /^\d{1,5}$/, 'a port', example));
      if (port < 1 || port > 65_535) throw new LineProblem(word, 'a port from 1 to 65535', example);
      draft.redirect = port;
      break;
    }
    case 'local':
    case 'remote':
      draft[name.text] = readEnd(cursor.take(), example);
      break;
    default:
      readIsn(draft, cursor, example);
  }
}

function readEnd(word: Word, example: string): Endpoint {
  const match = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(word.text);
  if (match === null || !isAddress(match[1] ?? '') || Number(match[2]) > 65_535) {
    throw new LineProblem(word, 'address and port as 10.0.0.1:80 or [::1]:80', example);
  }
  return readEndpoint(word.text, 'endpoint');
}

function readIsn(draft: Draft, cursor: LineCursor, example: string): void {
  do {
    const side = cursor.take();
    if (side.text !== '>' && side.text !== '<') throw new LineProblem(side, '> or <', example);
    const word = cursor.peek();
    const expected = 'a number below 4294967296';
    const value = Number(need(cursor, /^\d{1,10}$/, expected, example));
    if (value > 0xffff_ffff) throw new LineProblem(word, expected, example);
    draft.isn = { ...draft.isn, [side.text === '>' ? 'local' : 'remote']: value };
  } while (!cursor.isAtEnd);
}

function need(cursor: LineCursor, form: RegExp, expected: string, example: string): string {
  const word = cursor.take();
  if (!form.test(word.text)) throw new LineProblem(word, expected, example);
  return word.text;
}
