import { skipBlanks, startsWithAt, wordEnd } from '@tuplescope/scan';
import { DOUBTFUL, readHotExtensions } from './hot-extensions.ts';
import { readInetEnd } from './inet-end.ts';
import { readIpv4End } from './ipv4-end.ts';
import {
  hasNoPeer,
  hasShortPort,
  isNetlink,
  isNetstatOnly,
  isUnix,
  NETIDS,
  NO_NETID,
  netidNumber,
} from './netids.ts';
import { netlinkEnd } from './netlink-end.ts';
import { readQueue } from './queue.ts';
import { HAS, PORT, type SocketColumns } from './socket-columns.ts';
import { NO_STATE, STATES, stateNumber } from './states.ts';
import { NO_TIMER, TIMERS } from './timer.ts';
import { readUnixEnds } from './unix-ends.ts';
import { skipWideBlanks } from './wide-blanks.ts';

const OPEN = 0x28;
const STAR = 0x2a;
const MINUS = 0x2d;
const BACKTICK = 0x60;
const SCTP = netidNumber('sctp');
const TCP = netidNumber('tcp');
const TIME_WAIT = stateNumber('TIME-WAIT');
const TIMEWAIT = TIMERS.words.indexOf('timewait');

/**
 * Reads a line of `ss` into the row after the last: `[Netid] [State] [Recv-Q Send-Q] Local Peer`
 * and what follows. Columns are told apart by their words, never by their place: widths change in
 * the middle of a long listing, and a column is dropped where one value was asked for.
 */
export class SsRowReader {
  /** Where reading stopped: the first byte that did not fit, and the end of its word. */
  failedAt = 0;
  failedEnd = 0;
  /** What should have stood there. */
  expected = '';
  /** The line begins like a socket and ended too early, or in a word: the rest may be below. */
  isCut = false;
  /** The row was read, but an extension has to be read the slow way. */
  isDoubtful = false;
  /** The row was read, but a person wrote into an address, from this byte; else -1. */
  annotatedAt = -1;
  /** A header of netstat came before. */
  isNetstat = false;
  readonly #sockets: SocketColumns;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(sockets: SocketColumns) {
    this.#sockets = sockets;
  }

  /** Reads a line, its trailing blanks not included; true when it is a socket. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const sockets = this.#sockets;
    const row = sockets.reserve();
    const columns = sockets.arrays;
    let has = 0;
    let at = skipBlanks(bytes, start, end);
    let stop = wordEnd(bytes, at, end);
    let netid = stop === at + 3 && isTcp(bytes, at) ? TCP : NETIDS.indexOf(bytes, at, stop);
    if (netid < 0) netid = NO_NETID;
    else {
      if (isNetstatOnly(netid)) return this.#fail(at, stop, end, 'a Netid of ss', false);
      at = skipBlanks(bytes, stop, end);
      stop = wordEnd(bytes, at, end);
    }
    // An association stands under its endpoint with the Netid left blank: `- ESTAB 0 0 …
    if (bytes[at] === BACKTICK && bytes[at + 1] === MINUS && stop === at + 2) {
      has |= HAS.association;
      netid = SCTP;
      at = skipBlanks(bytes, stop, end);
      stop = wordEnd(bytes, at, end);
    }
    let state = STATES.indexOf(bytes, at, stop);
    if (state < 0) state = NO_STATE;
    else {
      at = skipBlanks(bytes, stop, end);
      stop = wordEnd(bytes, at, end);
    }
    let isRow = netid !== NO_NETID || state !== NO_STATE;
    const recvq = readQueue(bytes, at, stop);
    if (recvq >= 0) {
      at = skipWideBlanks(bytes, this.#view, stop, end);
      stop = wordEnd(bytes, at, end);
      const sendq = readQueue(bytes, at, stop);
      if (sendq < 0) return this.#fail(at, stop, end, 'the length of the send queue', isRow);
      columns.recvq[row] = recvq;
      columns.sendq[row] = sendq;
      has |= HAS.queues;
      isRow = true;
      at = skipWideBlanks(bytes, this.#view, stop, end);
    }
    columns.netid[row] = netid;
    this.annotatedAt = -1;
    at = this.#readEnds(bytes, at, end, row, netid, isRow);
    if (at < 0) return false;
    if (columns.localKind[row] === UNIX_END) {
      has |= HAS.unixEnds;
      columns.localKind[row] = PORT.number;
    }
    if (state === NO_STATE && netid !== NO_NETID && this.#isOfNetstat(bytes, at, end)) {
      return this.#fail(at, end, end, 'an extension of ss', false);
    }
    columns.extensions[row] = at;
    columns.timer[row] = NO_TIMER;
    columns.shutdown[row] = 0;
    const found = readHotExtensions(
      bytes,
      this.#view,
      at,
      end,
      row,
      sockets,
      (has & HAS.unixEnds) !== 0,
    );
    this.isDoubtful = found === DOUBTFUL;
    if (!this.isDoubtful) has |= found;
    // The time-wait timer runs in no other state.
    if (state === NO_STATE && columns.timer[row] === TIMEWAIT) state = TIME_WAIT;
    columns.state[row] = state;
    columns.has[row] = has;
    return true;
  }

  /** Reads local and peer; gives the offset after them, or -1. */
  #readEnds(
    bytes: Uint8Array,
    start: number,
    end: number,
    row: number,
    netid: number,
    isRow: boolean,
  ): number {
    const sockets = this.#sockets;
    const { localKind, peerKind, localPort, peerPort } = sockets.arrays;
    let next = readIpv4End(bytes, start, end, row, sockets.local, localPort, localKind);
    if (next >= 0) {
      next = skipWideBlanks(bytes, this.#view, next, end);
      next = readIpv4End(bytes, next, end, row, sockets.peer, peerPort, peerKind);
      if (next >= 0) return next;
    }
    if (isUnix(netid)) return this.#readUnixEnds(bytes, start, end, row);
    if (start >= end) return this.#refuse(start, end, end, 'the local address and port', isRow);
    let stop = wordEnd(bytes, start, end);
    if (isNetlink(netid)) stop = netlinkEnd(bytes, stop, end);
    const isStrict = !isRow;
    let kind = this.#readEnd(bytes, start, stop, row, netid, localPort, isStrict, true);
    if (kind < 0) {
      // Without a Netid this may be a table of unix sockets: a path, a blank, an inode.
      if (netid === NO_NETID && isRow) {
        next = readUnixEnds(bytes, start, end, row, sockets);
        if (next >= 0) {
          localKind[row] = UNIX_END;
          return next;
        }
      }
      return this.#refuse(start, stop, end, 'the local address and port', isRow);
    }
    localKind[row] = kind;
    const at = skipBlanks(bytes, stop, end);
    if (at >= end) return this.#refuse(at, at, end, 'the address and port of the peer', isRow);
    stop = wordEnd(bytes, at, end);
    if (stop === at + 1 && (bytes[at] === STAR || bytes[at] === MINUS) && !hasShortPort(netid)) {
      if (netid === NO_NETID && !isRow) return this.#refuse(at, stop, end, 'a peer', false);
      sockets.peer.set(row, bytes, at, stop);
      kind = PORT.none;
    } else if (hasNoPeer(netid)) {
      return this.#refuse(at, stop, end, '* for the peer', isRow);
    } else {
      kind = this.#readEnd(bytes, at, stop, row, netid, peerPort, isStrict, false);
      if (kind < 0) {
        return this.#refuse(at, stop, end, 'the address and port of the peer', isRow);
      }
    }
    peerKind[row] = kind;
    return stop;
  }

  #readUnixEnds(bytes: Uint8Array, start: number, end: number, row: number): number {
    const next = readUnixEnds(bytes, start, end, row, this.#sockets);
    if (next < 0)
      return this.#refuse(start, end, end, 'path and inode, and those of the peer', true);
    this.#sockets.arrays.localKind[row] = UNIX_END;
    return next;
  }

  #readEnd(
    bytes: Uint8Array,
    start: number,
    stop: number,
    row: number,
    netid: number,
    ports: Uint32Array,
    isStrict: boolean,
    isLocal: boolean,
  ): number {
    const { local, peer, texts } = this.#sockets;
    const addresses = isLocal ? local : peer;
    const kind = readInetEnd(bytes, start, stop, row, addresses, ports, texts, netid, isStrict);
    if (kind >= 0 || isStrict || bytes[stop - 1] !== 0x29) return kind;
    // A person's note behind the port: 172.29.73.7:44410(POD_IP:ephemeral_port)
    let note = start;
    while (bytes[note] !== OPEN && note < stop) note++;
    this.annotatedAt = note;
    return readInetEnd(bytes, start, note, row, addresses, ports, texts, netid, false);
  }

  /** `LISTEN`, `29184/python3`, `1337 257417`: what netstat prints after the peer, and `ss` never. */
  #isOfNetstat(bytes: Uint8Array, start: number, end: number): boolean {
    const at = skipBlanks(bytes, start, end);
    if (at >= end) return this.isNetstat;
    const byte = bytes[at] as number;
    if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39)) return true;
    if (byte === MINUS) return wordEnd(bytes, at, end) === at + 1;
    return ['off (', 'keepalive ('].some((word) => startsWithAt(bytes, at, end, word));
  }

  #refuse(at: number, stop: number, end: number, expected: string, isRow: boolean): -1 {
    this.#fail(at, stop, end, expected, isRow);
    return -1;
  }

  #fail(at: number, stop: number, end: number, expected: string, isRow: boolean): false {
    this.failedAt = at;
    this.failedEnd = stop;
    this.expected = expected;
    this.isCut = isRow && stop >= end;
    return false;
  }
}

/** Most sockets of most listings. */
function isTcp(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x74 && bytes[at + 1] === 0x63 && bytes[at + 2] === 0x70;
}

/** Stands in the column of kinds for a moment: the ends are path and inode. */
const UNIX_END = 255;
