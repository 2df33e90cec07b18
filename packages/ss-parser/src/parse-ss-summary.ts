import { decodeText, LineScanner, toBytes, trimEnd } from '@tuplescope/scan';
import type { SsSummary, SsSummaryTransport } from './ss-summary.ts';

/** No line of it is longer. */
const LONGEST = 400;

/**
 * Parses the first `ss -s` of an input, of any version; null where there is none. What stands
 * around it is passed over.
 *
 * @example
 * parseSsSummary('Total: 7\nTCP:   2 (estab 1, closed 0, orphaned 0, timewait 0)\n')?.tcp.estab // 1
 */
export function parseSsSummary(input: string | Uint8Array): SsSummary | null {
  const bytes = toBytes(input);
  const lines = new LineScanner(bytes);
  let total: { count: number; kernel: number | null; line: number; start: number } | null = null;
  let tcp: SsSummary['tcp'] | null = null;
  let end = 0;
  const transports: Record<string, SsSummaryTransport> = {};
  while (lines.next()) {
    if (lines.end - lines.start > LONGEST) continue;
    const lineEnd = trimEnd(bytes, lines.start, lines.end);
    const text = decodeText(bytes, lines.start, lineEnd).trimStart();
    const found = /^Total:\s*(\d{1,10})(?: \(kernel (\d{1,10})\))?$/.exec(text);
    if (found !== null && total === null) {
      const kernel = found[2] === undefined ? null : Number(found[2]);
      const { line, start } = lines;
      total = { count: Number(found[1]), kernel, line, start };
      end = lineEnd;
    } else if (total !== null && tcp === null) {
      tcp = readTcp(text);
      if (tcp !== null) end = lineEnd;
      else if (text !== '') total = null;
    } else if (total !== null) {
      const transport = readTransport(text);
      if (transport !== null) {
        transports[transport.name] = transport.counts;
        end = lineEnd;
      } else if (text !== '' && !text.startsWith('Transport')) break;
    }
  }
  if (total === null || tcp === null) return null;
  return {
    total: total.count,
    ...(total.kernel === null ? null : { kernelTotal: total.kernel }),
    tcp,
    transports,
    source: { line: total.line, start: total.start, end },
  };
}

/** `TCP:   19 (estab 0, closed 17, orphaned 0, synrecv 0, timewait 2/0), ports 12`. */
function readTcp(text: string): SsSummary['tcp'] | null {
  const found = /^TCP:\s*(\d{1,10}) \(([^()]*)\)(?:, ports (\d{1,10}))?$/.exec(text);
  if (found === null) return null;
  const counts: Record<string, number> = {};
  for (const part of (found[2] as string).split(', ')) {
    const pair = /^([a-z]+) (\d{1,10})(?:\/(\d{1,10}))?$/.exec(part);
    if (pair === null) return null;
    counts[pair[1] as string] = Number(pair[2]);
    if (pair[3] !== undefined) counts.kernelTimewait = Number(pair[3]);
  }
  const { estab, closed, orphaned, timewait, synrecv, kernelTimewait } = counts;
  if (estab === undefined || closed === undefined) return null;
  if (orphaned === undefined || timewait === undefined) return null;
  return {
    ...{ total: Number(found[1]), estab, closed, orphaned, timewait },
    ...(synrecv === undefined ? null : { synrecv }),
    ...(kernelTimewait === undefined ? null : { kernelTimewait }),
    ...(found[3] === undefined ? null : { ports: Number(found[3]) }),
  };
}

/** `RAW\t  0         0         0`, and `*\t  12        -         -` in older ones. */
function readTransport(text: string): { name: string; counts: SsSummaryTransport } | null {
  const found = /^(\*|[A-Z]{2,8})\s+(\d{1,10})\s+(\d{1,10}|-)\s+(\d{1,10}|-)$/.exec(text);
  if (found === null) return null;
  const count = (digits: string | undefined): number | null =>
    digits === '-' ? null : Number(digits);
  const counts = { total: Number(found[2]), ip: count(found[3]), ipv6: count(found[4]) };
  return { name: found[1] as string, counts };
}
