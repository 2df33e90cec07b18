import { formatTcpFlags } from '@tuplescope/net';
import type { NetfilterLogRecord } from '@tuplescope/netfilter-log-parser';
import { alignByIdentification } from './align-by-identification.ts';
import { alignByTrain } from './align-by-train.ts';
import { type Capture, capturesOf } from './capture.ts';
import { timeOfRecord, timeOfSegment } from './clock.ts';
import {
  type PacketSegment,
  packetCapturesOf,
  packetSegments,
  type Sieve,
} from './packet-segments.ts';

/** How far one file's clock is behind the packet captures' clock. */
export interface ClockOffset {
  /** The file whose clock it is. */
  readonly file: string;
  /** Line where the capture begins, for a transcript with several. */
  readonly line: number;
  /** Seconds to add to that file's times to get the packet captures' time. */
  readonly offsetSeconds: number;
  /** What shows it, in words. */
  readonly from: string;
}

/** A log's lines and a capture's packets, of those that have a time. */
export interface ClockPair {
  readonly log: Capture;
  readonly records: readonly NetfilterLogRecord[];
  readonly packets: Capture;
  readonly segments: readonly PacketSegment[];
}

/** One way to lay a log's clock over that of a capture. */
export interface Alignment {
  /** Seconds to add to the log's times. */
  readonly offset: number;
  /** How many packets both show. */
  readonly pairs: number;
  /** What shows it, in words. */
  readonly from: string;
}

/**
 * Finds how far the kernel log's clock is off the packet captures' clock. A LOG line and a packet
 * with the same ports, flags and IPv4 identification are one packet. Where the identification is 0,
 * as on a RST, the train of retransmissions is laid over the packets instead: 1, 2, 4, 8 … s apart,
 * it fits in one place only.
 *
 * @example
 * alignClocks(incident.captures)
 * // [{ file: 'dmesg.txt', line: 1, offsetSeconds: 36.3, from: '7 packets that both show, …' }]
 */
export function alignClocks(captures: readonly Capture[]): ClockOffset[] {
  const logs = capturesOf(captures, 'log').map((log) => ({
    log,
    records: [...log.content.table].filter((r) => r.sport !== null && timeOfRecord(r) !== null),
  }));
  if (logs.every(({ records }) => records.length === 0)) return [];
  const isLogged = sieveOf(logs.flatMap(({ records }) => records));
  const all = packetCapturesOf(captures).map((packets) => ({
    packets,
    segments: [...packetSegments(packets, isLogged)].filter(
      (segment) => timeOfSegment(segment) !== null,
    ),
  }));
  return logs.flatMap(({ log, records }): ClockOffset[] => {
    const best = bestOf(
      all.map(({ packets, segments }) => align({ log, records, packets, segments })),
    );
    if (best === null) return [];
    const offsetSeconds = Math.round(best.offset * 1000) / 1000;
    return [{ file: log.path, line: log.origin.line, offsetSeconds, from: best.from }];
  });
}

/** Lets through what has the ports and flags of a log line. */
function sieveOf(records: readonly NetfilterLogRecord[]): Sieve {
  const flagsByPorts = new Map<number, Set<string | null>>();
  for (const { sport, dport, flags } of records) {
    const ports = (sport ?? 0) * 0x1_0000 + (dport ?? 0);
    flagsByPorts.set(ports, (flagsByPorts.get(ports) ?? new Set()).add(flags));
  }
  return (sport, dport, flags) =>
    flagsByPorts.get(sport * 0x1_0000 + dport)?.has(formatTcpFlags(flags)) === true;
}

function align(pair: ClockPair): Alignment | null {
  return alignByIdentification(pair) ?? alignByTrain(pair);
}

function bestOf(alignments: readonly (Alignment | null)[]): Alignment | null {
  let best: Alignment | null = null;
  for (const alignment of alignments) {
    if (alignment !== null && alignment.pairs > (best?.pairs ?? 0)) best = alignment;
  }
  return best;
}
