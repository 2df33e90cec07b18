import {
  checkRow,
  type Diagnostic,
  decodeText,
  iterateRows,
  type SourceOrigin,
  type SourceSpan,
  spanAt,
  type Table,
} from '@tuplescope/scan';
import { decodeExtensions } from './decode-extensions.ts';
import type { Extensions } from './extensions.ts';
import { NETIDS, netidNumber } from './netids.ts';
import { HAS, PORT, SHUTDOWN, type SocketColumns } from './socket-columns.ts';
import type { SsEnd, SsSocket } from './ss-socket.ts';
import { STATES } from './states.ts';
import { NO_TIMER, type SsTimer, TIMERS } from './timer.ts';
import { type SsProcess, unescapeName } from './users.ts';

/**
 * The sockets of a listing: columns inside, a {@link SsSocket} made when a row is asked for.
 *
 * To look for a few rows among a million, ask for single cells (`stateAt`, `portAt` and so on): they
 * make no records. The table keeps the bytes it was parsed from and decodes the long extensions (TCP
 * info, memory, control group) from them: leave them as they are while the table lives.
 *
 * @example
 * for (let row = 0; row < table.length; row++) {
 *   if (table.portAt(row, 'local') === 15001 && table.stateAt(row) === 'FIN-WAIT-2') table.at(row);
 * }
 */
export class SsTable implements Table<SsSocket> {
  /** How many sockets there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #sockets: SocketColumns;
  readonly #bytes: Uint8Array;
  readonly #origin: SourceOrigin;

  /** @internal Tables come from `parseSs`. */
  constructor(
    bytes: Uint8Array,
    origin: SourceOrigin,
    sockets: SocketColumns,
    diagnostics: readonly Diagnostic[],
  ) {
    this.length = sockets.length;
    this.diagnostics = diagnostics;
    this.#sockets = sockets;
    this.#bytes = bytes;
    this.#origin = origin;
  }

  /** Makes the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): SsSocket {
    checkRow(row, this.length);
    const { arrays, local, peer } = this.#sockets;
    const has = this.#has(row);
    const more = this.#extensions(row, has);
    const hasQueues = (has & HAS.queues) !== 0;
    return {
      netid: this.netidAt(row),
      state: this.stateAt(row),
      recvq: hasQueues ? (arrays.recvq[row] as number) : null,
      sendq: hasQueues ? (arrays.sendq[row] as number) : null,
      local: this.#end(local.get(row), arrays.localKind[row], arrays.localPort[row], row),
      peer: this.#end(peer.get(row), arrays.peerKind[row], arrays.peerPort[row], row),
      process: this.#process(row, has, more),
      timer: this.#timer(row, more),
      uid: uidOf(has, arrays.uid[row] as number),
      inode: has & HAS.inode ? (arrays.inode[row] as number) : this.#pathInode(row, has),
      cookie: has & HAS.cookie ? cookieText(arrays.cookieHigh[row], arrays.cookieLow[row]) : null,
      shutdown: SHUTDOWN[arrays.shutdown[row] as number] || null,
      skmem: more?.skmem ?? null,
      tcp: (more?.tcp as SsSocket['tcp'] | undefined) ?? null,
      ...(more === null ? this.#rest(row) : optional(more)),
      ...(has & HAS.association ? { association: true as const } : null),
      source: this.#source(row),
    };
  }

  [Symbol.iterator](): Iterator<SsSocket> {
    return iterateRows(this);
  }

  /** Gives the Netid of a row, or null where the listing has none. */
  netidAt(row: number): string | null {
    checkRow(row, this.length);
    return NETIDS.words[this.#sockets.arrays.netid[row] as number] ?? null;
  }

  /** Gives the state of a row, or null where the listing has none. */
  stateAt(row: number): string | null {
    checkRow(row, this.length);
    return STATES.words[this.#sockets.arrays.state[row] as number] ?? null;
  }

  /**
   * Gives the address of one end of a row, as in {@link SsEnd}.
   *
   * @example
   * table.addressAt(0, 'peer') // '172.29.73.7'
   */
  addressAt(row: number, end: 'local' | 'peer'): string {
    checkRow(row, this.length);
    return splitAddress(this.#sockets[end].get(row), this.#has(row)).address;
  }

  /**
   * Gives the port of one end of a row, or null where it is `*` or a name.
   *
   * @example
   * table.portAt(0, 'local') // 15001
   */
  portAt(row: number, end: 'local' | 'peer'): number | null {
    checkRow(row, this.length);
    const { localKind, localPort, peerKind, peerPort } = this.#sockets.arrays;
    const isLocal = end === 'local';
    return portNumber((isLocal ? localKind : peerKind)[row], (isLocal ? localPort : peerPort)[row]);
  }

  #source(row: number): SourceSpan {
    const { line, start, end } = this.#sockets.arrays;
    return spanAt(this.#origin, line[row] as number, start[row] as number, end[row] as number);
  }

  #has(row: number): number {
    return this.#sockets.arrays.has[row] ?? 0;
  }

  #extensions(row: number, has: number): Extensions | null {
    if (has & HAS.foreign) return null;
    const { extensions, end } = this.#sockets.arrays;
    const rejoined = this.#sockets.rejoined.get(row);
    const bytes = rejoined ?? this.#bytes;
    const to = rejoined?.length ?? (end[row] as number);
    const netid = this.#sockets.arrays.netid[row] as number;
    return decodeExtensions(bytes, extensions[row] as number, to, {
      isUnix: (has & HAS.unixEnds) !== 0,
      isTcp: netid !== SCTP && netid !== MPTCP,
    });
  }

  #end(text: string, kind: number | undefined, port: number | undefined, row: number): SsEnd {
    const has = this.#has(row);
    const end = { ...splitAddress(text, has), port: portNumber(kind, port) };
    const ordered = { address: end.address, port: end.port, interface: end.interface };
    if (kind !== PORT.text) return ordered;
    const name = this.#sockets.texts.text(port as number);
    const netid = this.#sockets.arrays.netid[row] as number;
    // A packet socket has an interface where others have a port.
    if (netid === P_RAW || netid === P_DGR) return { ...ordered, interface: name };
    return { ...ordered, service: name };
  }

  #process(row: number, has: number, more: Extensions | null): readonly SsProcess[] {
    if (has & HAS.manyProcesses && more !== null) return more.process;
    if (!(has & HAS.process)) return [];
    const { processName, pid, fd } = this.#sockets.arrays;
    const name = unescapeName(this.#sockets.texts.text(processName[row] as number));
    const hasFd = (has & HAS.fd) !== 0;
    return [{ name, pid: pid[row] as number, fd: hasFd ? (fd[row] as number) : null }];
  }

  #timer(row: number, more: Extensions | null): SsTimer | null {
    const { timer, timerMilliseconds, retransmits } = this.#sockets.arrays;
    if (timer[row] === NO_TIMER) return null;
    return {
      name: TIMERS.words[timer[row] as number] as string,
      seconds: (timerMilliseconds[row] as number) / 1000,
      retransmits: retransmits[row] as number,
      ...(more === null ? null : { text: more.timerText }),
    };
  }

  /** A unix socket's inode is printed where others have a port. */
  #pathInode(row: number, has: number): number | null {
    return has & HAS.unixEnds ? (this.#sockets.arrays.localPort[row] as number) : null;
  }

  /** What netstat and the kernel print after what was read. */
  #rest(row: number): { extra?: readonly string[] } {
    const { extensions, end } = this.#sockets.arrays;
    const text = decodeText(this.#bytes, extensions[row] as number, end[row] as number).trim();
    return text === '' ? {} : { extra: [text] };
  }
}

const SCTP = netidNumber('sctp');
const MPTCP = netidNumber('mptcp');
const P_RAW = netidNumber('p_raw');
const P_DGR = netidNumber('p_dgr');

function optional(more: Extensions): Partial<SsSocket> {
  return {
    ...(more.cgroup === null ? null : { cgroup: more.cgroup }),
    ...(more.fwmark === null ? null : { fwmark: more.fwmark }),
    ...(more.v6only === null ? null : { v6only: more.v6only }),
    ...(more.sockopt === null ? null : { sockopt: more.sockopt }),
    ...(more.details === null ? null : { details: more.details }),
    ...(more.extra.length === 0 ? null : { extra: more.extra }),
  };
}

/** `ss -e` prints the inode always and the uid unless it is 0. */
function uidOf(has: number, uid: number): number | null {
  if (has & HAS.uid) return uid;
  return has & HAS.inode && !(has & HAS.foreign) ? 0 : null;
}

function portNumber(kind: number | undefined, port: number | undefined): number | null {
  if (port === undefined) return null;
  if (kind === PORT.number) return port;
  return kind === PORT.negative ? -port : null;
}

/** `127.0.0.53%lo` and `[fe80::1]%eth0` are an address and an interface; a path is neither. */
function splitAddress(text: string, has: number): { address: string; interface: string | null } {
  if (has & HAS.unixEnds) return { address: text, interface: null };
  const percent = text.lastIndexOf('%');
  if (percent < 0) return { address: text, interface: null };
  const address = text.slice(0, percent);
  const isBracketed = address.startsWith('[') && address.endsWith(']');
  return {
    address: isBracketed ? address.slice(1, -1) : address,
    interface: text.slice(percent + 1),
  };
}

function cookieText(high: number | undefined, low: number | undefined): string {
  const lowText = (low ?? 0).toString(16);
  return high ? high.toString(16) + lowText.padStart(8, '0') : lowText;
}
