import type { Capture } from '@tuplescope/incident';
import type { Evidence } from './finding.ts';

/** Points at a whole listing, where what counts is how much is in it, or that something is not. */
export function wholeCapture({ path, origin, bytes }: Capture, says: string): Evidence {
  const end = origin.offset + bytes.length;
  return { file: path, line: origin.line, start: origin.offset, end, packet: null, says };
}
