import { ACK, AE, CWR, ECE, FIN, PSH, RST, SYN, URG } from '@tuplescope/net';
import type { Cursor } from './cursor.ts';

/** Gives the bit of a flag's letter, or 0. `.` is ACK since tcpdump 4.1; before, it is "no flag". */
function flagBit(letter: number | undefined): number {
  switch (letter) {
    case 0x2e /* . */:
      return ACK;
    case 0x53 /* S */:
      return SYN;
    case 0x50 /* P */:
      return PSH;
    case 0x46 /* F */:
      return FIN;
    case 0x52 /* R */:
      return RST;
    case 0x55 /* U */:
      return URG;
    case 0x45 /* E */:
      return ECE;
    case 0x57 /* W */:
      return CWR;
    case 0x65 /* e */:
      return AE;
    default:
      return 0;
  }
}

/** Takes flag letters up to the first byte that is none. */
export function takeFlagLetters(cursor: Cursor): number {
  const { bytes, end } = cursor;
  let flags = 0;
  while (cursor.at < end) {
    const bit = flagBit(bytes[cursor.at]);
    if (bit === 0) break;
    flags |= bit;
    cursor.at++;
  }
  return flags;
}
