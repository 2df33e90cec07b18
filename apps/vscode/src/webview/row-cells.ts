import { formatEndpoint } from '@tuplescope/net';
import type { TimeFormat } from '../protocol/packets.ts';
import { ctstateOf, UNEXPECTED } from '../protocol/verdict.ts';
import type { CachedRow } from './page-cache.ts';

/** Names of the columns, in their order. */
export const COLUMNS = [
  'number',
  'time',
  'source',
  'destination',
  'flags',
  'verdict',
  'otherVerdict',
  'says',
  'sequence',
  'acknowledgement',
  'window',
  'length',
] as const;

/** What a row is written with besides its own packet. */
export interface RowContext {
  readonly format: TimeFormat;
  /** Time of the first packet, seconds since the epoch. */
  readonly firstAt: number | null;
  /** The row before it, where that is known. */
  readonly before: CachedRow | null;
  readonly says: string;
}

/** Writes the cells of a row, in the order of the columns. */
export function rowCells(
  { page, at }: CachedRow,
  { format, firstAt, before, says }: RowContext,
): string[] {
  const number = (column: ArrayLike<number>): number => column[at] as number;
  const text = (column: ArrayLike<number>): string => page.texts[number(column)] ?? '';
  const proto = text(page.proto);
  const isTcp = proto === '';
  const end = (address: string, port: number): string =>
    address === '' ? '' : isTcp || port > 0 ? formatEndpoint({ address, port }) : address;
  const flags = text(page.flags);
  const from = format === 'sinceShown' ? timeOf(before) : firstAt;
  const time = timeText(number(page.seconds), number(page.nanoseconds), format, from ?? 0);
  return [
    String(number(page.n)),
    format === 'sinceShown' && before === null ? '' : time,
    end(text(page.src), number(page.sport)),
    end(text(page.dst), number(page.dport)),
    isTcp ? flags : proto,
    verdictText(number(page.verdict)),
    verdictText(number(page.otherVerdict)),
    says,
    isTcp ? String(number(page.seq)) : '',
    isTcp && flags.includes('A') ? String(number(page.ack)) : '',
    isTcp ? String(number(page.win)) : '',
    proto === '?' ? '' : String(number(page.payload)),
  ];
}

/** The word of a verdict, marked where the kernel would not have done what the capture shows. */
function verdictText(verdict: number): string {
  return (verdict & UNEXPECTED) === 0 ? ctstateOf(verdict) : `${ctstateOf(verdict)} ⚠`;
}

function timeOf(row: CachedRow | null): number | null {
  if (row === null) return null;
  const { page, at } = row;
  return (page.seconds[at] as number) + (page.nanoseconds[at] as number) / 1e9;
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
  if (format === 'sinceFirst' || format === 'sinceShown')
    return microseconds(whole - firstAt + nanoseconds / 1e9);
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
