import { classifyPastedLine, decodeText, type Severity } from '@tuplescope/scan';
import { type Cursor, takeNumber, takeText } from './cursor.ts';

/** What a line that shows no packet is, and what it tells. */
export interface Surrounding {
  /** How much it matters that it stands here; null where it is tcpdump's own and understood. */
  readonly severity: Severity | null;
  /** tcpdump was started here; it counts all connections anew. */
  readonly startsRun: boolean;
  /** The interface that it listens on; empty where the line names none. */
  readonly interfaceName: string;
  /** What was expected in its place. */
  readonly expected: string;
}

/** Bytes of a line that are looked at: these lines are short. */
const MAX_LENGTH = 400;

/**
 * Tells what a line is that shows no packet: tcpdump's own messages, and what people leave in a
 * pasted text. Null where it is none of these.
 *
 *     tcpdump: listening on lo, link-type EN10MB (Ethernet), capture size 262144 bytes
 *     listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes        since 4.99
 *     reading from file lo.pcap, link-type EN10MB (Ethernet)
 *     14 packets captured
 */
export function surroundingOf(bytes: Uint8Array, start: number, end: number): Surrounding | null {
  const line = decodeText(bytes, start, Math.min(end, start + MAX_LENGTH));
  const text = line.trim();
  const listening = /^(?:tcpdump: )?listening on ([^\s,]+)/.exec(text);
  if (listening !== null) {
    const name = listening[1] as string;
    return ownLine({
      startsRun: true,
      interfaceName: name === 'any' || name === 'all' ? '' : name,
    });
  }
  if (/^reading from (?:file|PCAP-NG file) /.test(text)) return ownLine({ startsRun: true });
  if (isMessage(text)) return ownLine({});
  const dropped = /^(\d+) packets? dropped by (?:kernel|interface)/.exec(text);
  if (dropped !== null && Number(dropped[1]) > 0) {
    return { ...forgiven('a capture that is complete'), severity: 'warning' };
  }
  if (
    /^(?:\^C)?\d+ packets? (?:captured|received by filter|dropped by (?:kernel|interface))/.test(
      text,
    )
  ) {
    return forgiven('a packet, found the summary at the end of a capture');
  }
  const pasted = classifyPastedLine(bytes, start, end);
  if (pasted === 'command' || COMMAND.test(text)) {
    return { ...forgiven('a packet'), startsRun: /\btcpdump\s+-/.test(text) };
  }
  return pasted === null ? null : forgiven('a packet');
}

/** Typed without a prompt before it. */
const COMMAND = /^tcpdump\s+-/;

/** Says whether a line begins as tcpdump's message that another run of it begins, or that it ended. */
export function startsMessage(cursor: Cursor): boolean {
  const { at } = cursor;
  const starts =
    takeText(cursor, 'tcpdump: ') ||
    takeText(cursor, 'listening on ') ||
    takeText(cursor, 'reading from file ') ||
    (takeNumber(cursor) >= 0 && (takeText(cursor, ' packets ') || takeText(cursor, ' packet ')));
  cursor.at = at;
  return starts;
}

/** What tcpdump says of itself before the first packet. */
function isMessage(text: string): boolean {
  return (
    /^(?:tcpdump|Warning|WARNING): /.test(text) ||
    /^dropped privs to /.test(text) ||
    /^User level filter, protocol /.test(text)
  );
}

function ownLine(told: Partial<Surrounding>): Surrounding {
  return { severity: null, startsRun: false, interfaceName: '', expected: '', ...told };
}

function forgiven(expected: string): Surrounding {
  return { severity: 'hint', startsRun: false, interfaceName: '', expected };
}
