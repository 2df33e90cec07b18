import type { TcpSegment } from '@tuplescope/net';
import type { PcapTable } from '@tuplescope/pcap-reader';
import type { SourceSpan } from '@tuplescope/scan';
import type { AbsoluteNumbers } from '@tuplescope/tcpdump-parser';
import { type Capture, type CaptureOf, capturesOf } from './capture.ts';

/** Packets, as the text of `tcpdump` or as a capture file. */
export type PacketCapture = CaptureOf<'tcpdump'> | CaptureOf<'pcap'>;

/** A segment of either, with what the text alone needs: its numbers and times may be relative. */
export interface PacketSegment extends TcpSegment {
  /** Where the record stands in its capture. */
  readonly source: SourceSpan;
  /** Seconds since midnight, where the text has no date. */
  readonly timeOfDay?: number;
  /** Numbers as on the wire, where the text shows relative ones. */
  readonly absolute?: AbsoluteNumbers;
}

/**
 * Picks the captures of packets: texts first, because a reader can be shown their lines.
 *
 * @example
 * packetCapturesOf(incident.captures).map(({ path }) => path) // ['tcpdump-lo.txt', 'lo.pcap']
 */
export function packetCapturesOf(captures: readonly Capture[]): PacketCapture[] {
  return [...capturesOf(captures, 'tcpdump'), ...capturesOf(captures, 'pcap')];
}

/** Says by ports and by the TCP flags as bits whether a segment may matter. */
export type Sieve = (sport: number, dport: number, flags: number) => boolean;

/**
 * Gives the segments of a capture in their order. A capture file may hold millions, so of it only
 * those are made that the sieve lets through, which is asked for each in turn; of a text all are.
 *
 * @example
 * packetSegments(capture, (_, dport) => dport === 15001)
 */
export function packetSegments(
  { content }: PacketCapture,
  mayMatter: Sieve,
): Iterable<PacketSegment> {
  return content.kind === 'tcpdump' ? content.table : sifted(content.table, mayMatter);
}

function* sifted({ columns }: PcapTable, mayMatter: Sieve): Generator<PacketSegment> {
  for (const page of columns) {
    const { length, sport, dport, flags } = page;
    for (let row = 0; row < length; row++) {
      if (mayMatter(sport[row] as number, dport[row] as number, flags[row] as number)) {
        yield page.at(row);
      }
    }
  }
}
