import { DETAIL_FLAGS, DETAILS, DETAILS_APART } from './detail-words.ts';
import {
  complain,
  readCookieWord,
  readNumberWord,
  readTimerWord,
  readUsersWord,
} from './extension-values.ts';
import { type Extensions, STRANGE } from './extensions.ts';
import { readSocketMemory } from './socket-memory.ts';
import { readTcpWords } from './tcp-words.ts';
import { WordReader } from './word-reader.ts';

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
  if (kind.isTcp && readTcpWords(words, found)) return;
  if (readDetail(words, found, key, value, kind.isTcp)) return;
  found.strangeness += /^[a-z_]+[:=][0-9a-fx.,/]+$/.test(words.text) ? 1 : STRANGE;
  found.strangeEnd = words.end;
  found.extra.push(words.text);
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
