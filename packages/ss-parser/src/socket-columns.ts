import { AddressColumn } from '@tuplescope/net';
import { Columns, type ColumnType, Interner } from '@tuplescope/scan';
import type { TimerDraft } from './timer.ts';

/** The columns that every socket has: 78 bytes a row, and 10 for the addresses. */
export interface SocketArrays {
  /** Offset of the first byte in the block, and after the last. */
  start: Uint32Array;
  end: Uint32Array;
  line: Uint32Array;
  /** Where the text after the peer begins: users, timer, TCP info. */
  extensions: Uint32Array;
  /** Bits of {@link HAS}. */
  has: Uint16Array;
  /** Number in NETIDS, or NO_NETID. */
  netid: Uint8Array;
  /** Number in STATES, or NO_STATE. */
  state: Uint8Array;
  /** A {@link PORT} each. */
  localKind: Uint8Array;
  peerKind: Uint8Array;
  /** Number in {@link SHUTDOWN}. */
  shutdown: Uint8Array;
  /** Number in TIMERS, or NO_TIMER. */
  timer: Uint8Array;
  recvq: Uint32Array;
  sendq: Uint32Array;
  localPort: Uint32Array;
  peerPort: Uint32Array;
  /** Of the first process: the number of its name, process id, file descriptor. */
  processName: Uint32Array;
  pid: Uint32Array;
  fd: Uint32Array;
  timerMilliseconds: Uint32Array;
  retransmits: Uint32Array;
  uid: Uint32Array;
  inode: Uint32Array;
  /** The cookie's 64 bits in two halves. */
  cookieHigh: Uint32Array;
  cookieLow: Uint32Array;
}

type SocketTypes = { [Name in keyof SocketArrays]: ColumnType<SocketArrays[Name]> };

const TYPES: SocketTypes = {
  start: Uint32Array,
  end: Uint32Array,
  line: Uint32Array,
  extensions: Uint32Array,
  has: Uint16Array,
  netid: Uint8Array,
  state: Uint8Array,
  localKind: Uint8Array,
  peerKind: Uint8Array,
  shutdown: Uint8Array,
  timer: Uint8Array,
  recvq: Uint32Array,
  sendq: Uint32Array,
  localPort: Uint32Array,
  peerPort: Uint32Array,
  processName: Uint32Array,
  pid: Uint32Array,
  fd: Uint32Array,
  timerMilliseconds: Uint32Array,
  retransmits: Uint32Array,
  uid: Uint32Array,
  inode: Uint32Array,
  cookieHigh: Uint32Array,
  cookieLow: Uint32Array,
};

/** What a row has; a bit each. */
export const HAS = {
  queues: 1,
  process: 2,
  /** More than one process, or a process with more than pid and fd: the list is read again. */
  manyProcesses: 4,
  fd: 8,
  uid: 16,
  inode: 32,
  cookie: 64,
  /** Ends are path and inode. */
  unixEnds: 128,
  /** An SCTP association under its endpoint. */
  association: 256,
  /** Printed by netstat or the kernel: what follows the peer is not the grammar of `ss`. */
  foreign: 512,
} as const;

/** What a port is. */
export const PORT = {
  /** `*`, or nothing is printed. */
  none: 0,
  number: 1,
  /** The magnitude of a negative number; netlink ports are. */
  negative: 2,
  /** The number of a text: a service, a protocol, an interface. */
  text: 3,
} as const;

/** How `ss` shows which directions are open, by the number in the column. */
export const SHUTDOWN: readonly string[] = ['', '<->', '-->', '<--', '---'];

/** The sockets of one block of input, a column for each field. The last row may be half read. */
export class SocketColumns {
  readonly #columns: Columns<SocketTypes>;
  /** The typed arrays; replaced when they grow. */
  arrays: SocketArrays;
  /** How many sockets are whole. */
  length = 0;
  /** Addresses that are not IPv4, process names, services: each once. */
  readonly texts: Interner = new Interner();
  readonly local: AddressColumn;
  readonly peer: AddressColumn;
  /** The text of sockets that were wrapped over several lines, put together again. */
  readonly rejoined: Map<number, Uint8Array> = new Map();

  /** @param rows how many sockets to make room for at first. */
  constructor(rows: number) {
    this.#columns = new Columns(TYPES, rows);
    this.arrays = this.#columns.arrays;
    this.local = new AddressColumn(this.texts, rows);
    this.peer = new AddressColumn(this.texts, rows);
  }

  /** Makes room for the next row and gives its number. */
  reserve(): number {
    if (this.#columns.reserve(this.length)) this.arrays = this.#columns.arrays;
    return this.length;
  }

  setTimer(row: number, { name, milliseconds, retransmits }: TimerDraft): void {
    this.arrays.timer[row] = name;
    this.arrays.timerMilliseconds[row] = milliseconds;
    this.arrays.retransmits[row] = retransmits;
  }

  /** Gives the memory of unused rows back, where it is more than the copy is worth. */
  trim(): void {
    if (this.length > this.#columns.capacity * 0.9) return;
    this.#columns.trim(this.length);
    this.arrays = this.#columns.arrays;
    this.local.trim(this.length);
    this.peer.trim(this.length);
  }
}
