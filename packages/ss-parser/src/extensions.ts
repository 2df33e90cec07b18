import { decodeText, startsWithAt } from '@tuplescope/scan';
import { withoutNotes } from './notes.ts';
import { readSocketMemory, type SocketMemory } from './socket-memory.ts';
import { readTcpRate, readTcpWord, TCP_FLAGS, TCP_RATES, type TcpInfoDraft } from './tcp-info.ts';
import { readTimer, TimerDraft } from './timer.ts';
import { CUT, MALFORMED, readUsers, type SsProcess } from './users.ts';

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
  /** How little was understood: 1 for a word that a newer `ss` may print, 100 for any other. */
  strangeness: number;
}

/** Words that are understood and kept as printed, each with the kind of sockets that has them. */
const DETAILS: ReadonlySet<string> = new Set([
  ...['tos', 'tclass', 'class_id', 'opt', 'map_id', 'md5keys', 'proc_ctx', 'sock_ctx'],
  // netlink
  ...['sk', 'cb', 'groups'],
  // packet
  ...['ver', 'cpy_thresh', 'flags', 'ring_rx', 'ring_tx', 'fanout'],
  // XDP
  ...['rx', 'tx', 'umem', 'tumem', 'fr', 'cr', 'stats'],
  // unix
  ...['ino', 'dev', 'peers'],
  // TIPC
  ...['type', 'cong', 'drop', 'via'],
  // TLS and MPTCP under TCP
  ...['version', 'cipher', 'rxconf', 'txconf', 'token', 'seq', 'sfseq', 'ssnoff', 'maplen'],
  // MPTCP
  ...['subflows', 'add_addr_signal', 'add_addr_accepted', 'subflows_max', 'add_addr_signal_max'],
  ...['add_addr_accepted_max', 'write_seq', 'snd_una', 'rcv_nxt', 'local_addr_used'],
  ...['local_addr_max', 'csum_enabled', 'retransmits', 'subflows_total', 'last_data_sent'],
  ...['last_data_recv', 'last_ack_recv'],
  // SCTP
  ...['tag', 'state', 'rwnd', 'unackdata', 'penddata', 'instrms', 'outstrms', 'inqueue'],
  ...['outqueue', 'overall_err', 'max_burst', 'maxseg', 'peer_rwnd', 'peer_tag', 'peer_capable'],
  ...[
    'peer_sack',
    's_autoclose',
    's_adaption_ind',
    's_pd_point',
    's_nodelay',
    's_disable_fragments',
  ],
  ...['s_v4mapped', 's_frag_interleave', 's_type', 'fraginl', 'locals', 'peers', 'pdpoint'],
  ...['nodelay', 'nofrag', 'v4mapped', 'disable_frag', 'autoclose', 'adaption_ind', 'peer_cap'],
  ...['primary', 'cwnd', 'srtt', 'rto', 'mtu', 'p_state', 'p_cwnd', 'p_srtt', 'p_rto'],
]);

/** Words without a value that are kept as details. */
const FLAGS: ReadonlySet<string> = new Set([
  ...['fallback', 'remote_key', 'publ', 'zc_ro_tx', 'no_pad_rx', 'fraginl'],
]);

/** Details whose value follows after a blank. */
const APART: ReadonlySet<string> = new Set([
  ...['version:', 'cipher:', 'rxconf:', 'txconf:', 'via', 'flags:', 'tos:', 'tclass:', 'class_id:'],
]);

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
  if (readDetail(words, found, key, value)) return;
  found.strangeness += /^[a-z_]+[:=][0-9a-fx.,/]+$/.test(words.text) ? 1 : 100;
  found.extra.push(words.text);
}

function readTcp(words: WordReader, found: Extensions): boolean {
  const { text } = words;
  const draft: TcpInfoDraft = found.tcp ?? {};
  if (TCP_FLAGS.has(text)) draft[text] = true;
  else if (TCP_RATES.has(text)) {
    const { end } = words;
    if (!words.next()) return false;
    if (!readTcpRate(text, words.text, draft)) {
      words.goTo(end, text);
      return false;
    }
  } else if (!readTcpWord(text, draft) && !readCongestion(words, draft)) return false;
  found.tcp = draft;
  return true;
}

/** The algorithm is a bare word, so it is taken for one only beside a word of TCP. */
function readCongestion(words: WordReader, draft: TcpInfoDraft): boolean {
  const { text } = words;
  if (draft.congestion !== undefined || !/^[a-z][a-z0-9_-]{1,15}$/.test(text)) return false;
  if (FLAGS.has(text) || text.startsWith('tcp-ulp-')) return false;
  const following = words.peek();
  const scratch: TcpInfoDraft = {};
  if (!readTcpWord(following, scratch) && !TCP_RATES.has(following)) return false;
  draft.congestion = text;
  return true;
}

function readDetail(words: WordReader, found: Extensions, key: string, value: string): boolean {
  const { text } = words;
  const details = found.details ?? {};
  if (FLAGS.has(text)) details[text] = text;
  else if (text.startsWith('tcp-ulp-')) details.ulp = text.slice(8);
  else if (text === 'bpf' && words.peek() === 'filter') details.bpf = words.restOfLine();
  else if (APART.has(text)) {
    const following = words.peek();
    if (following === '' || /[:=]/.test(following)) return false;
    words.next();
    details[key] = words.text;
  } else if (text === 'peers:') details.peers = words.numbers();
  else if (DETAILS.has(key) && value !== '') {
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
  found.strangeness += kind === 'cut' ? 50 : 100;
  found.complaints.push({ start, end, expected, kind });
}

/** Walks the words of a text; blanks inside parentheses and quotes do not end one. */
class WordReader {
  readonly bytes: Uint8Array;
  readonly to: number;
  /** The word: its offsets and its text. */
  start = 0;
  end: number;
  text = '';

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes;
    this.end = from;
    this.to = to;
  }

  next(): boolean {
    const start = this.#skip(this.end);
    if (start >= this.to) return false;
    this.start = start;
    this.end = this.#wordEnd(start);
    this.text = decodeText(this.bytes, start, this.end);
    return true;
  }

  /** The next word, which stays the next; empty where there is none. */
  peek(): string {
    const start = this.#skip(this.end);
    return start >= this.to ? '' : decodeText(this.bytes, start, this.#wordEnd(start));
  }

  /** Goes on from an offset. */
  goTo(end: number, text: string = this.text): void {
    this.end = end;
    this.text = text;
  }

  /** Makes the word longer. */
  takeTo(end: number): void {
    this.end = end;
    this.text = decodeText(this.bytes, this.start, end).trimEnd();
  }

  /** Takes what follows up to the end of the line. */
  restOfLine(): string {
    const start = this.#skip(this.end);
    let end = start;
    while (end < this.to && !isLineEnd(this.bytes[end])) end++;
    this.end = end;
    return decodeText(this.bytes, start, end).trim();
  }

  /** Takes the numbers that follow. */
  numbers(): string {
    const numbers: string[] = [];
    while (/^\d+$/.test(this.peek()) && this.next()) numbers.push(this.text);
    return numbers.join(' ');
  }

  isWordEnd(at: number): boolean {
    return at >= this.to || isSpace(this.bytes[at]);
  }

  #skip(from: number): number {
    let at = from;
    while (at < this.to && isSpace(this.bytes[at])) at++;
    return at;
  }

  #wordEnd(start: number): number {
    const { bytes, to } = this;
    // A path may have any parenthesis, and `users:` is read by its own rules.
    const isPlain =
      startsWithAt(bytes, start, to, 'cgroup:') || startsWithAt(bytes, start, to, 'users:');
    const isQuoted = startsWithAt(bytes, start, to, 'opt:"');
    let depth = 0;
    for (let at = isQuoted ? start + 5 : start; at < to; at++) {
      const byte = bytes[at];
      if (isLineEnd(byte)) return at;
      if (isQuoted) {
        if (byte === 0x22) return at + 1;
      } else if (isSpace(byte)) {
        if (depth === 0) return at;
      } else if (!isPlain && byte === 0x28) depth++;
      else if (!isPlain && byte === 0x29) depth--;
      if (depth < 0) depth = 0;
    }
    return to;
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || isLineEnd(byte);
}
