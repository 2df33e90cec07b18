import type { Evidence } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { decodeText, visible } from '@tuplescope/scan';

/** A quoted line is cut here. */
const MAX_BYTES = 400;

/**
 * Quotes the first line of the record that an evidence points at, control characters made visible,
 * runs of blanks folded, or gives null where the input no longer has it.
 *
 * @example
 * quoteEvidence(incidents, finding.evidence[0])
 * // 'tcp FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:44410 …'
 */
export function quoteEvidence(incidents: readonly Incident[], evidence: Evidence): string | null {
  for (const { captures } of incidents) {
    for (const { path, origin, bytes } of captures) {
      const start = evidence.start - origin.offset;
      if (path !== evidence.file || start < 0 || start >= bytes.length) continue;
      const lineFeed = bytes.indexOf(0x0a, start);
      const end = Math.min(
        evidence.end - origin.offset,
        lineFeed < 0 ? bytes.length : lineFeed,
        start + MAX_BYTES,
      );
      return visible(
        decodeText(bytes, start, end)
          .replace(/[\t ]+/g, ' ')
          .trim(),
      );
    }
  }
  return null;
}
