import { skipBlanks, startsWithAt } from '@tuplescope/scan';

/** What a field of a LOG line can begin with, `IN=` and the prefix left out: those begin a line. */
const FIELDS = [
  ...['SRC=', 'DST=', 'LEN=', 'TOS=0x', 'PREC=0x', 'TTL=', 'ID=', 'DF ', 'MF ', 'PROTO=', 'SPT='],
  ...['DPT=', 'SEQ=', 'ACK=', 'WINDOW=', 'RES=0x', 'URGP=', 'OPT (', 'UID=', 'GID=', 'MARK=0x'],
  ...['TC=', 'HOPLIMIT=', 'FLOWLBL=', 'MAC=', 'TYPE=', 'CODE=', 'MTU='],
  ...['CWR ', 'ECE ', 'URG ', 'ACK ', 'PSH ', 'RST ', 'SYN ', 'FIN '],
];

/** Says whether a line goes on with the fields of the line before it, as mail programs break them. */
export function isContinuation(bytes: Uint8Array, start: number, end: number): boolean {
  const at = skipBlanks(bytes, start, end);
  return FIELDS.some((field) => startsWithAt(bytes, at, end, field));
}
