import { OtherLines } from '@tuplescope/scan';
import { LineStamp } from './line-stamp.ts';
import type { NetfilterLogOptions } from './netfilter-log-options.ts';

/** What must be remembered from block to block of one log. */
export interface NetfilterLogContext {
  /** Filled anew for each line. */
  readonly stamp: LineStamp;
  /** Lines that are neither a LOG line nor a message of conntrack: a dmesg has many, none an error. */
  readonly others: OtherLines;
}

/** What is known before the first line. */
export function newContext({
  utcOffsetHours = 0,
  year = -1,
}: NetfilterLogOptions = {}): NetfilterLogContext {
  return {
    stamp: new LineStamp(utcOffsetHours, year),
    others: new OtherLines('a LOG line or a message of conntrack', 'other lines'),
  };
}
