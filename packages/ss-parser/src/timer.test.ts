import { toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTimer, TIMERS, TimerDraft } from './timer.ts';

function read(
  text: string,
): { name: string | undefined; milliseconds: number; retransmits: number } | null {
  const bytes = toBytes(text);
  const draft = new TimerDraft();
  if (readTimer(bytes, 0, bytes.length, draft) !== bytes.length) return null;
  return { ...draft, name: TIMERS.words[draft.name] };
}

/** The times as print_ms_timer of misc/ss.c writes them; from 6.11 on the fraction is in seconds. */
function printTime(milliseconds: number, isNew: boolean): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = Math.floor(milliseconds / 1000) % 60;
  const rest = milliseconds % 1000;
  if (minutes > 9) return `${minutes}min`;
  if (minutes > 0) return `${minutes}min${seconds > 0 ? `${seconds}sec` : ''}`;
  if (seconds > 9) return `${seconds}sec`;
  const fraction = String(rest).padStart(3, '0');
  if (seconds > 0)
    return rest > 0 ? `${seconds}.${fraction}${isNew ? 'sec' : 'ms'}` : `${seconds}sec`;
  return rest > 0 ? `${fraction}ms` : '';
}

describe('readTimer', () => {
  it.each([
    ['on,1.684ms,2)', 1684, 2],
    ['on,1.684sec,2)', 1684, 2],
    ['keepalive,119min,0)', 7_140_000, 0],
    ['timewait,46sec,0)', 46_000, 0],
    ['on,954ms,1)', 954, 1],
    ['keepalive,059ms,8)', 59, 8],
    ['persist,1min2sec,3)', 62_000, 3],
    ['on,,0)', 0, 0],
  ])('reads %s', (text, milliseconds, retransmits) => {
    expect(read(text)).toMatchObject({ name: text.split(',')[0], milliseconds, retransmits });
  });

  it.each(['on,1.684,2)', 'never,1sec,2)', 'on,1sec)', 'on,1sec,2', 'on,sec,2)', ''])(
    'refuses %s',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  it('reads what ss prints, old and new, to the precision that it prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.boolean(), (time, isNew) => {
        const found = read(`on,${printTime(time, isNew)},1)`)?.milliseconds ?? -1;
        const unit = time < 10_000 ? 1 : time < 600_000 ? 1000 : 60_000;
        expect(found).toBe(Math.floor(time / unit) * unit);
      }),
    );
  });
});
