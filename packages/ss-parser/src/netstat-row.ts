import { decodeText, readUnsigned, skipBlanks, trimEnd, wordEnd } from '@tuplescope/scan';
import { readInetEnd } from './inet-end.ts';
import { NETIDS, netidNumber } from './netids.ts';
import { readNetstatUnixRow } from './netstat-unix-row.ts';
import { readProgram } from './program.ts';
import { HAS, type SocketColumns } from './socket-columns.ts';
import { FROM_NETSTAT, NETSTAT_STATES, stateNumber } from './states.ts';
import { NO_TIMER, TIMERS, TimerDraft } from './timer.ts';

const UNCONN = stateNumber('UNCONN');
const INET = new Set(
  ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'udplite', 'udpl6', 'sctp', 'dccp'].map(
    netidNumber,
  ),
);
const RAW = new Set(['raw', 'raw6'].map(netidNumber));
const UNIX = netidNumber('unix');

/** netstat's names of the timers that `ss` calls otherwise (net-tools netstat.c, tcp_do_one). */
const TIMER_NAMES: Readonly<Record<string, string>> = { probe: 'persist', unkn: 'unknown' };

const draft = new TimerDraft();

/**
 * Reads a line of Linux `netstat -tanpo`, `-natpw` or `-W -neopa` into the row after the last, true
 * when it is one: `tcp 0 0 10.0.0.1:80 10.0.0.2:90 ESTABLISHED 0 12345 96/envoy on (0.20/1/0)`.
 * A socket of another protocol than TCP has no state but ESTABLISHED; an empty one is UNCONN.
 */
export function readNetstatRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  sockets: SocketColumns,
): boolean {
  let stop = wordEnd(bytes, start, end);
  const netid = NETIDS.indexOf(bytes, start, stop);
  if (netid === UNIX) return readNetstatUnixRow(bytes, stop, end, sockets);
  if (netid < 0 || !INET.has(netid)) return false;
  const row = sockets.reserve();
  const { arrays, texts } = sockets;
  const numbers: number[] = [];
  let at = stop;
  for (let i = 0; i < 2; i++) {
    at = skipBlanks(bytes, stop, end);
    stop = wordEnd(bytes, at, end);
    numbers.push(readUnsigned(bytes, at, stop));
  }
  const [recvq = -1, sendq = -1] = numbers;
  if (recvq < 0 || sendq < 0 || recvq > 0xffffffff || sendq > 0xffffffff) return false;
  for (const [addresses, ports, kinds] of [
    [sockets.local, arrays.localPort, arrays.localKind],
    [sockets.peer, arrays.peerPort, arrays.peerKind],
  ] as const) {
    at = skipBlanks(bytes, stop, end);
    stop = wordEnd(bytes, at, end);
    const kind = readInetEnd(bytes, at, stop, row, addresses, ports, texts, netid, false);
    if (kind < 0) return false;
    kinds[row] = kind;
  }
  at = skipBlanks(bytes, stop, end);
  stop = wordEnd(bytes, at, end);
  const word = NETSTAT_STATES.indexOf(bytes, at, stop);
  // Of a raw socket netstat prints the state's number.
  const isNumber = word < 0 && RAW.has(netid) && stop === at + 1;
  if (word >= 0 || isNumber) at = stop;
  arrays.state[row] = word >= 0 ? (FROM_NETSTAT[word] as number) : UNCONN;
  if (isTcp(netid) && word < 0) return false;
  arrays.recvq[row] = recvq;
  arrays.sendq[row] = sendq;
  arrays.netid[row] = netid;
  readRest(bytes, at, end, row, sockets, HAS.queues | HAS.foreign);
  return true;
}

function isTcp(netid: number): boolean {
  return netid === netidNumber('tcp') || netid === netidNumber('tcp6');
}

/** `1337 257417 29184/python3 off (0.00/0/0)`: each is there if the command asked for it. */
function readRest(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
  begun: number,
): void {
  const { arrays } = sockets;
  let has = begun;
  let at = skipBlanks(bytes, start, end);
  let stop = wordEnd(bytes, at, end);
  arrays.timer[row] = NO_TIMER;
  arrays.shutdown[row] = 0;
  const inodeAt = skipBlanks(bytes, stop, end);
  const inodeStop = wordEnd(bytes, inodeAt, end);
  const inode = readUnsigned(bytes, inodeAt, inodeStop);
  if (inode >= 0 && inode <= 0xffffffff) {
    const uid = readUnsigned(bytes, at, stop);
    if (uid >= 0 && uid <= 0xffffffff) {
      arrays.uid[row] = uid;
      has |= HAS.uid;
    }
    // Without -n the owner is a name; the inode is a number all the same.
    arrays.inode[row] = inode;
    has |= HAS.inode;
    at = uid >= 0 ? skipBlanks(bytes, inodeStop, end) : at;
  }
  const timerAt = readTimerAtEnd(bytes, at, end, row, sockets);
  const processEnd = trimEnd(bytes, at, timerAt);
  has |= readProgram(bytes, at, processEnd, row, sockets);
  if (has & HAS.process || (processEnd === at + 1 && bytes[at] === 0x2d)) at = processEnd;
  stop = processEnd;
  arrays.extensions[row] = at;
  if (at >= stop) arrays.extensions[row] = end;
  arrays.has[row] = has;
}

/** Reads `on (0.20/1/0)` from the end of the line and gives where it begins, else the line's end. */
function readTimerAtEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
): number {
  if (bytes[end - 1] !== 0x29) return end;
  let open = end - 1;
  while (open > start && bytes[open] !== 0x28 && end - open < 80) open--;
  const nameEnd = trimEnd(bytes, start, open);
  let nameAt = nameEnd;
  while (nameAt > start && bytes[nameAt - 1] !== 0x20 && bytes[nameAt - 1] !== 0x09) nameAt--;
  const parts = /^(\d{1,9}\.\d\d)\/(\d{1,9})\/(\d{1,9})$/.exec(
    decodeText(bytes, open + 1, end - 1),
  );
  const printed = decodeText(bytes, nameAt, nameEnd).replace(/-\d+$/, '');
  const name = TIMERS.words.indexOf(TIMER_NAMES[printed] ?? printed);
  if (parts === null || name < 0) return end;
  draft.name = name;
  draft.milliseconds = Math.min(0xffffffff, Math.round(Number(parts[1]) * 1000));
  // As `ss` counts: the retransmissions of the timer `on`, of the others the probes.
  draft.retransmits = Number(TIMERS.words[name] === 'on' ? parts[2] : parts[3]);
  sockets.setTimer(row, draft);
  return nameAt;
}
