import { decodeText } from '@tuplescope/scan';
import { DETAIL_FLAGS, DETAILS, DETAILS_APART } from './detail-words.ts';
import { withoutNotes } from './notes.ts';
import { readSocketMemory, type SocketMemory } from './socket-memory.ts';
import { readTcpRate, readTcpWord, TCP_FLAGS, TCP_RATES, type TcpInfoDraft } from './tcp-info.ts';
import { readTimer, TimerDraft } from './timer.ts';
import { CUT, MALFORMED, readUsers, type SsProcess } from './users.ts';
import { WordReader } from './word-reader.ts';

/** Something that an extension should have been, by offsets of the text it was read from. */
export interface Complaint {
  readonly start: number;
  readonly end: number;
  readonly expected: string;
  /** `note` was forgiven; `cut` would be right if more followed; `malformed` is neither. */
  readonly kind: 'note' | 'cut' | 'malformed';
}

/** What follows the peer of a socket, decoded. */
export interface Extensions {
  readonly process: SsProcess[];
  timer: TimerDraft | null;
  timerText: string;
  uid: number | null;
  inode: number | null;
  cookie: string | null;
  shutdown: string | null;
  skmem: SocketMemory | null;
  tcp: TcpInfoDraft | null;
  cgroup: string | null;
  fwmark: number | null;
  v6only: boolean | null;
  sockopt: string[] | null;
  details: Record<string, string> | null;
  readonly extra: string[];
  readonly complaints: Complaint[];
  /** How little was understood: 1 for a word that a newer `ss` may print, {@link STRANGE} for others. */
  strangeness: number;
  /** Offset after the last word that was not understood. */
  strangeEnd: number;
}

/** What a word counts that is not understood, and what one counts that the text's end cut. */
export const STRANGE = 200;
export const HALF = 50;

const SHUTDOWNS: ReadonlySet<string> = new Set(['<->', '-->', '<--', '---']);

/** Which of a socket's words mean something else. */
export interface SocketKind {
  /** `ino:` is that of the path. */
  readonly isUnix: boolean;
  /** MPTCP and SCTP print words that TCP has too; they stay details. */
  readonly isTcp: boolean;
}

/**
 * Decodes what follows the peer of a socket: the users, the timer and all words of `-e`, `-m`, `-i`,
 * on one line or on several. Words that are not understood are kept as `extra`.
 */
export function decodeExtensions(
  bytes: Uint8Array,
  from: number,
  to: number,
  kind: SocketKind,
): Extensions {
  const found: Extensions = {
    process: [],
    ...{ timer: null, timerText: '', uid: null, inode: null, cookie: null, shutdown: null },
    ...{ skmem: null, tcp: null, cgroup: null, fwmark: null, v6only: null, sockopt: null },
    details: null,
    extra: [],
    complaints: [],
    strangeness: 0,
    strangeEnd: -1,
  };
  const words = new WordReader(bytes, from, to);
  while (words.next()) readWord(words, found, kind);
  return found;
}

function readWord(words: WordReader, found: Extensions, kind: SocketKind): void {
  const { text } = words;
  const at = text.search(/[:=(]/);
  const key = at < 0 ? text : text.slice(0, at);
  const value = at < 0 ? '' : text.slice(at + 1);
  const inside = value.startsWith('(') && value.endsWith(')') ? value.slice(1, -1) : null;
  switch (key) {
    case 'users':
      readUsersWord(words, found);
      return;
    case 'timer':
      readTimerWord(words, found, inside);
      return;
    case 'uid':
      readNumberWord(words, found, value, (uid) => Object.assign(found, { uid }));
      return;
    case 'ino':
      if (kind.isUnix) break;
      readNumberWord(words, found, value, (inode) => Object.assign(found, { inode }));
      return;
    case 'sk':
      if (text[at] !== ':') break;
      readCookieWord(words, found, value);
      return;
    case 'skmem':
    case 'mem':
      found.skmem ??= inside === null ? null : readSocketMemory(inside);
      if (found.skmem === null) complain(words, found, `${key}:(r…,…)`);
      return;
    case 'cgroup':
      if (value === '') {
        complain(words, found, 'the path of a control group');
        return;
      }
      found.cgroup = value;
      return;
    case 'fwmark': {
      const mark = /^0x[0-9a-f]{1,8}$/.test(value) ? Number(value) : null;
      if (mark === null) {
        complain(words, found, 'a firewall mark such as 0x1f');
        return;
      }
      found.fwmark = mark;
      return;
    }
    case 'v6only':
      if (value !== '0' && value !== '1') {
        complain(words, found, 'v6only:0 or v6only:1');
        return;
      }
      found.v6only = value === '1';
      return;
    case 'inet-sockopt': {
      const list = value !== '' ? value : words.next() ? words.text : '';
      if (!/^\(.*\)$/.test(list)) {
        complain(words, found, 'options in parentheses');
        return;
      }
      found.sockopt = list
        .slice(1, -1)
        .split(/\s+/)
        .filter((option) => option !== '');
      return;
    }
  }
  if (SHUTDOWNS.has(text)) {
    found.shutdown = text;
    return;
  }
  if (kind.isTcp && readTcp(words, found)) return;
  if (readDetail(words, found, key, value, kind.isTcp)) return;
  found.strangeness += /^[a-z_]+[:=][0-9a-fx.,/]+$/.test(words.text) ? 1 : STRANGE;
  found.strangeEnd = words.end;
  found.extra.push(words.text);
}

function readTcp(words: WordReader, found: Extensions): boolean {
  const { text } = words;
  const draft: TcpInfoDraft = found.tcp ?? {};
  if (TCP_FLAGS.has(text)) draft[text] = true;
  else if (TCP_RATES.has(text)) {
    if (!readRate(words, found, draft)) return true;
  } else if (!readTcpWord(text, draft) && !readCongestion(words, draft)) return false;
  found.tcp = draft;
  return true;
}

/** A rate is two words; where the second is missing or cut, both are kept as one. */
function readRate(words: WordReader, found: Extensions, draft: TcpInfoDraft): boolean {
  const { text, start } = words;
  if (!words.next()) {
    found.strangeness += HALF;
    found.extra.push(text);
    return false;
  }
  if (readTcpRate(text, words.text, draft)) return true;
  found.strangeness += STRANGE;
  found.strangeEnd = words.end;
  found.extra.push(decodeText(words.bytes, start, words.end));
  return false;
}

/** The algorithm is a bare word, so it is taken for one only beside a word of TCP. */
function readCongestion(words: WordReader, draft: TcpInfoDraft): boolean {
  const { text } = words;
  if (draft.congestion !== undefined || !/^[a-z][a-z0-9_-]{1,15}$/.test(text)) return false;
  if (DETAIL_FLAGS.has(text) || text.startsWith('tcp-ulp-')) return false;
  const following = words.peek();
  const scratch: TcpInfoDraft = {};
  if (!readTcpWord(following, scratch) && !TCP_RATES.has(following)) return false;
  draft.congestion = text;
  return true;
}

function readDetail(
  words: WordReader,
  found: Extensions,
  key: string,
  value: string,
  isTcp: boolean,
): boolean {
  const { text } = words;
  const details = found.details ?? {};
  if (DETAIL_FLAGS.has(text)) details[text] = text;
  else if (text.startsWith('tcp-ulp-')) details.ulp = text.slice(8);
  else if (text === 'bpf' && words.peek() === 'filter') details.bpf = words.restOfLine();
  else if (DETAILS_APART.has(text)) {
    const following = words.peek();
    if (following === '' || /[:=]/.test(following)) return false;
    words.next();
    details[key] = words.text;
  } else if (text === 'peers:') details.peers = words.numbers();
  else if ((DETAILS.has(key) || (!isTcp && /^[a-z_]+$/.test(key))) && value !== '') {
    const inside = text[key.length] === '(' && value.endsWith(')') ? value.slice(0, -1) : value;
    details[key] = inside.trim();
  } else return false;
  found.details = details;
  return true;
}

function readUsersWord(words: WordReader, found: Extensions): void {
  const begin = words.start + 'users:('.length;
  const process: SsProcess[] = [];
  const next = words.text.startsWith('users:(')
    ? readUsers(words.bytes, begin, words.to, process)
    : MALFORMED;
  if (next >= 0 && words.isWordEnd(next)) {
    found.process.push(...process);
    words.goTo(next);
    return;
  }
  const isCut = next === CUT || words.end >= words.to;
  words.takeTo(next === CUT ? words.to : words.end);
  complain(words, found, 'processes: users:(("name",pid=1,fd=2))', isCut && next === CUT);
}

function readTimerWord(words: WordReader, found: Extensions, inside: string | null): void {
  const draft = new TimerDraft();
  const begin = words.start + 'timer:('.length;
  const { bytes, end } = words;
  if (inside !== null && readTimer(bytes, begin, end, draft) === end) {
    found.timer = draft;
    found.timerText = inside.split(',')[1] ?? '';
    return;
  }
  const plain = inside === null ? null : withoutNotes(inside);
  if (plain !== null && plain !== inside) {
    const text = new Uint8Array(plain.length + 1);
    for (let i = 0; i < plain.length; i++) text[i] = Math.min(plain.charCodeAt(i), 0xff);
    text[plain.length] = 0x29;
    if (readTimer(text, 0, text.length, draft) === text.length) {
      found.timer = draft;
      found.timerText = plain.split(',')[1] ?? '';
      found.complaints.push(note(words, 'a timer without notes'));
      return;
    }
  }
  complain(words, found, 'a timer: timer:(on,204ms,0)');
}

function readNumberWord(
  words: WordReader,
  found: Extensions,
  value: string,
  put: (value: number) => unknown,
): void {
  const plain = value.endsWith(')') ? withoutNotes(value) : value;
  if (plain === null || !/^\d{1,10}$/.test(plain) || Number(plain) > 0xffffffff) {
    complain(words, found, 'a number of 32 bits');
    return;
  }
  put(Number(plain));
  if (plain !== value) found.complaints.push(note(words, 'a number without a note'));
}

function readCookieWord(words: WordReader, found: Extensions, value: string): void {
  const plain = value.endsWith(')') ? withoutNotes(value) : value;
  if (plain === null || !/^[0-9a-f]{1,16}$/.test(plain)) {
    complain(words, found, 'a cookie of up to 16 hexadecimal digits');
    return;
  }
  found.cookie = plain;
  if (plain !== value) found.complaints.push(note(words, 'a cookie without a note'));
}

function note({ start, end }: WordReader, expected: string): Complaint {
  return { start, end, expected, kind: 'note' };
}

/** A word that is known and wrong: it is kept among the extra words, and said. */
function complain(words: WordReader, found: Extensions, expected: string, isCut = false): void {
  const { start, end, text, to } = words;
  found.extra.push(text);
  const isOpen = text.includes('(') && !text.endsWith(')') && end >= to;
  const kind = isCut || isOpen ? 'cut' : 'malformed';
  found.strangeness += kind === 'cut' ? HALF : STRANGE;
  found.strangeEnd = kind === 'cut' ? -1 : end;
  found.complaints.push({ start, end, expected, kind });
}
