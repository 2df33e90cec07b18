import type { Capture, CaptureContent } from '@tuplescope/incident';
import { formatTuple } from '@tuplescope/net';
import type { SourceSpan } from '@tuplescope/scan';
import type { SsEnd, SsSocket } from '@tuplescope/ss-parser';

/** A record as an outline shows it. */
export interface OutlineRecord {
  readonly name: string;
  readonly detail: string;
  readonly source: SourceSpan;
}

/** An outline longer than this is no outline. */
const MOST_RECORDS = 2000;

/**
 * Names the records of a capture, the first thousands of them: sockets by their ends, entries by
 * their tuple, counters by their name.
 *
 * @example
 * outlineOf(capture)[0].name // '10.0.0.7:44410 → 10.0.9.9:7777'
 */
export function outlineOf({ content }: Capture): OutlineRecord[] {
  const records: OutlineRecord[] = [];
  for (const record of recordsOf(content)) {
    records.push(record);
    if (records.length >= MOST_RECORDS) break;
  }
  return records;
}

function* recordsOf(content: CaptureContent): Generator<OutlineRecord> {
  switch (content.kind) {
    case 'ss':
      for (const socket of content.table) yield socketItem(socket);
      return;
    case 'conntrack':
      for (const { orig, state, proto, event, timeout, source } of content.table) {
        const { src, dst, sport, dport } = orig;
        const name =
          sport === null || dport === null
            ? `${src} → ${dst}`
            : formatTuple({ src, dst, sport, dport });
        const left = timeout === null ? null : `${timeout} s`;
        yield { name, detail: words(event, proto, state, left), source };
      }
      return;
    case 'log':
      for (const { prefix, reason, src, dst, sport, dport, flags, source } of content.table) {
        const what = words(prefix.trim(), reason) || 'kernel message';
        const ends =
          src === null || dst === null
            ? null
            : sport === null || dport === null
              ? `${src} → ${dst}`
              : formatTuple({ src, dst, sport, dport });
        yield { name: what, detail: words(ends, flags), source };
      }
      return;
    case 'tcpdump':
      for (const segment of content.table) {
        yield {
          name: `${segment.n}  ${formatTuple(segment)}`,
          detail: segment.flags,
          source: segment.source,
        };
      }
      return;
    case 'nstat':
      for (const { name, value, source } of content.table) {
        yield { name, detail: String(value), source };
      }
      return;
    case 'sysctl':
      for (const { key, value, source } of content.table)
        yield { name: key, detail: value, source };
      return;
    case 'ruleset':
      for (const { raw, table, source } of content.table) {
        yield { name: raw, detail: table ?? '', source };
      }
      return;
    default:
  }
}

function socketItem({ local, peer, state, process, source }: SsSocket): OutlineRecord {
  const holders = process.map(({ name, pid }) => (pid === null ? name : `${name} ${pid}`));
  return {
    name: `${endText(local)} → ${endText(peer)}`,
    detail: words(state, holders.join(', ')),
    source,
  };
}

function endText({ address, port }: SsEnd): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `${host}:${port ?? '*'}`;
}

function words(...texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null && text !== '').join(' ');
}
