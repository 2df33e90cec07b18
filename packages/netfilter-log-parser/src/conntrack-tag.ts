import { startsWithAt } from '@tuplescope/scan';

const COLON = 0x3a;
const LONGEST = 24;

/**
 * Gives the offset after `nf_ct_proto_6: `, which begins what conntrack says of an invalid packet
 * (nf_l4proto_log_invalid of nf_conntrack_proto.c; before Linux 4.16 `nf_ct_tcp: `), or `at`.
 */
export function conntrackTagEnd(bytes: Uint8Array, at: number, end: number): number {
  if (!startsWithAt(bytes, at, end, 'nf_ct_')) return at;
  for (let i = at + 6; i < Math.min(end, at + LONGEST); i++) {
    if (bytes[i] === COLON) return bytes[i + 1] === 0x20 ? Math.min(end, i + 2) : i + 1;
  }
  return at;
}
