import type { Evidence } from '@tuplescope/collision-detector';
import type { CaptureOf, Incident } from '@tuplescope/incident';
import { decodeText, visible } from '@tuplescope/scan';
import { packetLine } from './packet-line.ts';

/** A quoted line is cut here. */
const MAX_BYTES = 400;

/**
 * Quotes the first line of the record that an evidence points at, control characters made visible,
 * runs of blanks folded, or gives null where the input no longer has it. A packet of a capture file
 * is written out as a line.
 *
 * @example
 * quoteEvidence(incidents, finding.evidence[0])
 * // 'tcp FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:44410 …'
 */
export function quoteEvidence(incidents: readonly Incident[], evidence: Evidence): string | null {
  for (const { captures } of incidents) {
    for (const { path, origin, bytes, content } of captures) {
      const start = evidence.start - origin.offset;
      if (path !== evidence.file || start < 0 || start >= bytes.length) continue;
      if (content.kind === 'pcap') return packetAt(content.table, evidence.start);
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

/** Says whether a file is a packet capture: it has packets, and no lines. */
export function isPacketCapture(incidents: readonly Incident[], file: string): boolean {
  return incidents.some(({ captures }) =>
    captures.some(({ path, content }) => path === file && content.kind === 'pcap'),
  );
}

function packetAt(
  { columns }: CaptureOf<'pcap'>['content']['table'],
  start: number,
): string | null {
  for (const page of columns) {
    // Records lie in the file's order: a page that ends before the record is passed over.
    if ((page.offset[page.length - 1] ?? -1) < start) continue;
    for (let row = 0; row < page.length; row++) {
      if (page.offset[row] === start) return packetLine(page.at(row));
    }
  }
  return null;
}
