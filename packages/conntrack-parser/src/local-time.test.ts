import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { readCtime } from './local-time.ts';

const parse = (text: string, utcOffsetHours: number): number =>
  readCtime(toBytes(`[${text}]`), 1, text.length + 1, utcOffsetHours);

describe('readCtime', () => {
  it('reads what ctime prints, one digit days too', () => {
    // date -u -d '2026-11-22 22:24:27' +%s
    expect(parse('Sun Nov 22 22:24:27 2026', 0)).toBe(1795386267);
    expect(parse('Thu Jan  1 00:00:01 1970', 0)).toBe(1);
    expect(parse('Thu Jan  1 02:00:00 1970', 2)).toBe(0);
  });

  it('gives NaN for what is no time', () => {
    for (const text of ['', 'Sun Nov 22 22:24:27', 'Sun Nev 22 22:24:27 2026', 'x Nov 22']) {
      expect(parse(text, 0)).toBeNaN();
    }
    expect(parse('Sun Nov 32 22:24:27 2026', 0)).toBeNaN();
    expect(parse('Sun Nov 22 24:24:27 2026', 0)).toBeNaN();
  });
});
