import { describe, expect, it } from 'vitest';
import { pauseWords, secondsWords } from './seconds-words.ts';

describe('secondsWords', () => {
  it('is to the millisecond for seconds, and short for anything', () => {
    expect([0, 17.411734, 250.55, 7300, 90_000, 400_000].map(secondsWords)).toEqual([
      '0.000 s',
      '17.412 s',
      '250.6 s',
      '2.03 h',
      '25.00 h',
      '4.6 d',
    ]);
    expect([Number.NaN, 1e300].map(secondsWords)).toEqual(['?', '?']);
  });
});

describe('pauseWords', () => {
  it('rounds', () => {
    expect([1.04, 15.4897, 700, 7300].map(pauseWords)).toEqual([
      '1.0 s',
      '15 s',
      '12 min',
      '2.03 h',
    ]);
  });
});
