import { describe, expect, it } from 'vitest';
import { collision, plain } from '../testing/explanations.ts';
import { foldPlain, isFold } from './fold-plain.ts';

describe('foldPlain', () => {
  it('shows short runs whole, and the ends of long ones', () => {
    expect(foldPlain(plain(12).explanations)).toHaveLength(12);
    const steps = foldPlain(plain(100).explanations);
    expect(steps.map((step) => (isFold(step) ? step.length : 1))).toEqual([1, 1, 1, 94, 1, 1, 1]);
  });

  it('never folds what is odd', () => {
    const odd = collision('lost').explanations;
    const between = [...plain(50).explanations, ...odd, ...plain(50).explanations];
    const shown = foldPlain(between).filter((step) => !isFold(step));
    for (const explanation of odd.slice(2)) expect(shown).toContain(explanation);
  });
});
