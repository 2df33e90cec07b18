import { decodeText } from '@tuplescope/scan';
import { MAX_CONNECTIONS } from './connection-memory.ts';
import type { PacketDraft } from './packet-draft.ts';
import type { TcpdumpContext } from './parse-context.ts';

/** What a reader of a segment must be told, and the range of bytes that is meant. */
export interface SegmentWarning {
  readonly expected: string;
  readonly start: number;
  readonly end: number;
}

/** Service names reported, and remembered as reported. */
const MAX_NAMES = 64;

const NONE: readonly SegmentWarning[] = [];

/** Gives what is doubtful in a segment, each kind once a text; there is nearly always nothing. */
export function segmentWarnings(
  draft: PacketDraft,
  bytes: Uint8Array,
  context: TcpdumpContext,
): readonly SegmentWarning[] {
  const hasPorts = draft.sport > 0 && draft.dport > 0;
  const hasSaidAll = !context.memory.hasForgotten || context.hasSaidForgotten;
  if (hasPorts && hasSaidAll) return NONE;
  const warnings: SegmentWarning[] = [];
  warnOfName(warnings, bytes, draft.sportStart, draft.sportEnd, draft.sport, context);
  warnOfName(warnings, bytes, draft.dportStart, draft.dportEnd, draft.dport, context);
  if (!hasSaidAll) {
    context.hasSaidForgotten = true;
    const expected = `at most ${MAX_CONNECTIONS * 2} connections to remember the first numbers of`;
    warnings.push({ expected, start: draft.srcStart, end: draft.dstEnd });
  }
  return warnings;
}

/** A service name that is not known leaves the port at 0. */
function warnOfName(
  warnings: SegmentWarning[],
  bytes: Uint8Array,
  start: number,
  end: number,
  port: number,
  { unknownNames }: TcpdumpContext,
): void {
  if (port !== 0 || start === end || unknownNames.size >= MAX_NAMES) return;
  const name = decodeText(bytes, start, end);
  if (unknownNames.has(name)) return;
  unknownNames.add(name);
  warnings.push({ expected: 'a port number (tcpdump -n) or a known service name', start, end });
}
