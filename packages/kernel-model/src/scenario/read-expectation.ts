import type { Ctstate } from '../conntrack/outcome.ts';
import { TCP_STATES, type TcpState } from '../conntrack/tcp-state.ts';
import { type LineCursor, LineProblem, type Word } from './line-cursor.ts';
import type { Expectation, ExpectedEntry } from './scenario.ts';

const CTSTATES: readonly Ctstate[] = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED'];
const MARKS: readonly string[] = ['[UNREPLIED]', '[ASSURED]'];

const PACKET_EXAMPLE = '> S 0:0 win 65535   NEW SYN_SENT [UNREPLIED] 120';
const CHECK_EXAMPLE = '+60 ? CLOSE_WAIT 12 [ASSURED]';

/** Reads the end of a packet's line: ctstate, then the entry, then the message in quotes. */
export function readPacketExpectation(cursor: LineCursor): Expectation {
  if (cursor.isAtEnd) return {};
  const word = cursor.take();
  const ctstate = CTSTATES.find((name) => name === word.text);
  if (ctstate === undefined) {
    throw new LineProblem(word, `one of ${CTSTATES.join(', ')}`, PACKET_EXAMPLE);
  }
  return { ctstate, ...readEntry(cursor, PACKET_EXAMPLE) };
}

/** Reads what a line with `?` expects: the entry. */
export function readCheckExpectation(cursor: LineCursor): Expectation {
  const expects = readEntry(cursor, CHECK_EXAMPLE);
  if (expects.entry !== undefined) return expects;
  throw new LineProblem(cursor.peek(), "a state, or - for 'no entry'", CHECK_EXAMPLE);
}

function readEntry(cursor: LineCursor, example: string): Pick<Expectation, 'entry' | 'log'> {
  let state: TcpState | undefined;
  let timeout: number | undefined;
  let isGone = false;
  const marks: string[] = [];
  let log: string | undefined;
  let first: Word | undefined;
  while (!cursor.isAtEnd) {
    const word = cursor.take();
    const { text } = word;
    if (text.startsWith('"')) {
      if (text.length < 2 || !text.endsWith('"'))
        throw new LineProblem(word, 'a closing "', example);
      log = text.slice(1, -1);
      continue;
    }
    first ??= word;
    if (text === '-') isGone = true;
    else if (MARKS.includes(text)) marks.push(text);
    else if (/^\d{1,9}$/.test(text)) timeout = Number(text);
    else if (state === undefined) state = readState(word, example);
    else
      throw new LineProblem(word, `${MARKS.join(', ')}, seconds or a message in quotes`, example);
  }
  const logged = log === undefined ? {} : { log };
  if (first === undefined) return logged;
  if (isGone) {
    if (state === undefined && timeout === undefined && marks.length === 0) {
      return { entry: null, ...logged };
    }
    throw new LineProblem(first, 'either - or an entry', example);
  }
  if (state === undefined) {
    throw new LineProblem(first, `a state: ${TCP_STATES.join(', ')}`, example);
  }
  const entry: ExpectedEntry = {
    state,
    unreplied: marks.includes('[UNREPLIED]'),
    assured: marks.includes('[ASSURED]'),
    ...(timeout === undefined ? {} : { timeout }),
  };
  return { entry, ...logged };
}

function readState(word: Word, example: string): TcpState {
  const state = TCP_STATES.find((name) => name === word.text);
  if (state !== undefined) return state;
  const expected = `a state (${TCP_STATES.join(', ')}), ${MARKS.join(', ')}, seconds, - or a message in quotes`;
  throw new LineProblem(word, expected, example);
}
