import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from '@tuplescope/net';
import type { Kernel } from './kernel.ts';
import { BAD_CHECKSUM, type Segment, SHORT, TRUNCATED, WELL_FORMED } from './segment.ts';
import { decide, note, type Trace } from './trace.ts';

/** Flags that say nothing about validity. */
const WITHOUT_MEANING = ECE | CWR | PSH;

/** With ECE, CWR and PSH left out, the flag byte must be one of these. */
const VALID = new Uint8Array(256);
for (const flags of [
  SYN,
  SYN | URG,
  SYN | ACK,
  RST,
  RST | ACK,
  FIN | ACK,
  FIN | ACK | URG,
  ACK,
  ACK | URG,
]) {
  VALID[flags] = 1;
}

/**
 * Says whether conntrack takes the header for one of TCP, and notes why not. A packet that fails is
 * INVALID whatever entry it belongs to.
 */
export function passesHeaderCheck(kernel: Kernel, segment: Segment, trace: Trace): boolean {
  if (segment.malformed !== WELL_FORMED && isDamaged(kernel, segment, trace)) return false;
  if (VALID[segment.flags & 0xff & ~WITHOUT_MEANING] === 1) return true;
  decide(trace, 'invalid-flags', segment.flags, 0);
  note(trace, 'invalid-flags', 0);
  return false;
}

function isDamaged(kernel: Kernel, { malformed, received }: Segment, trace: Trace): boolean {
  if (malformed === SHORT) {
    decide(trace, 'short-packet', 0, 0);
    note(trace, 'short-packet', 0);
    return true;
  }
  if (malformed === TRUNCATED) {
    decide(trace, 'truncated-packet', 0, 0);
    note(trace, 'truncated-packet', 0);
    return true;
  }
  // The checksum is looked at only at PREROUTING, and only with the sysctl nf_conntrack_checksum.
  if (malformed === BAD_CHECKSUM && received && kernel.limits.checksum) {
    decide(trace, 'bad-checksum', 0, 0);
    note(trace, 'bad-checksum', 0);
    return true;
  }
  return false;
}
