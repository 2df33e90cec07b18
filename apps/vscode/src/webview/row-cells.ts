import { formatEndpoint } from '@tuplescope/net';
import type { ExplainedRows } from '../protocol/explanations.ts';
import type { CachedRow } from './page-cache.ts';

/** How the time of a packet is written. */
export type TimeFormat = 'sinceFirst' | 'timeOfDay' | 'dateTime';

/** Names of the columns, in their order. */
export const COLUMNS = [
  'number',
  'time',
  'source',
  'destination',
  'flags',
  'verdict',
  'says',
  'sequence',
  'acknowledgement',
  'window',
  'length',
] as const;

/**
 * Writes the cells of a row, in the order of the columns.
 *
 * @param firstAt time of the first packet, seconds since the epoch.
 */
export function rowCells(
  { page, at }: CachedRow,
  format: TimeFormat,
  firstAt: number | null,
  explained: ExplainedRows | null = null,
): string[] {
  const number = (column: ArrayLike<number>): number => column[at] as number;
  const text = (column: ArrayLike<number>): string => page.texts[number(column)] ?? '';
  const proto = text(page.proto);
  const isTcp = proto === '';
  const end = (address: string, port: number): string =>
    address === '' ? '' : isTcp || port > 0 ? formatEndpoint({ address, port }) : address;
  const flags = text(page.flags);
  const time = timeText(number(page.seconds), number(page.nanoseconds), format, firstAt ?? 0);
  return [
    String(number(page.n)),
    time,
    end(text(page.src), number(page.sport)),
    end(text(page.dst), number(page.dport)),
    isTcp ? flags : proto,
    explained?.ctstate[at] ?? '',
    explained?.says[at] ?? '',
    isTcp ? String(number(page.seq)) : '',
    isTcp && flags.includes('A') ? String(number(page.ack)) : '',
    isTcp ? String(number(page.win)) : '',
    proto === '?' ? '' : String(number(page.payload)),
  ];
}

/** Writes a time with microseconds, as people compare it with `tcpdump`. */
export function timeText(
  seconds: number,
  nanoseconds: number,
  format: TimeFormat,
  firstAt: number,
): string {
  const whole = Math.floor(seconds);
  const fraction = String(Math.floor(nanoseconds / 1000)).padStart(6, '0');
  if (format === 'sinceFirst') return microseconds(whole - firstAt + nanoseconds / 1e9);
  const date = new Date(whole * 1000);
  if (Number.isNaN(date.getTime())) return `${whole}.${fraction}`;
  const [day = '', rest = ''] = date.toISOString().split('T');
  const time = `${rest.slice(0, 8)}.${fraction}`;
  return format === 'timeOfDay' ? time : `${day} ${time}`;
}

/** What rounds to nothing has no sign. */
function microseconds(seconds: number): string {
  return (Math.round(seconds * 1e6) / 1e6 || 0).toFixed(6);
}
