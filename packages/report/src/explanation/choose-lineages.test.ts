import { describe, expect, it } from 'vitest';
import { collision, plain } from '../testing/explanations.ts';
import { chooseLineages, matteringOf } from './choose-lineages.ts';

const contradicted = {
  ...plain(3),
  explanations: plain(3).explanations.map((one) => ({ ...one, contradiction: 'Not so.' })),
};

describe('chooseLineages', () => {
  it('takes contradictions before collisions before what is in health', () => {
    const [a, b, c] = [plain(1), collision('lost'), contradicted];
    const { chosen, total } = chooseLineages([a, b, c], 3);
    expect(chosen.map(({ lineage }) => lineage)).toEqual([c, b, a]);
    expect(total).toBe(3);
  });

  it('keeps the order of time among equals, and no more than asked for', () => {
    const many = Array.from({ length: 9 }, () => collision('lost'));
    const { chosen, total } = chooseLineages([plain(1), ...many], 2);
    expect(chosen.map(({ lineage }) => lineage)).toEqual(many.slice(0, 2));
    expect(total).toBe(10);
  });
});

describe('matteringOf', () => {
  it('leaves those that contradict or collide, else the first', () => {
    const both = chooseLineages([plain(1), collision('lost'), contradicted], 9);
    expect(matteringOf(both)).toHaveLength(2);
    const [first] = [plain(1)];
    const none = chooseLineages([first, plain(2)], 9);
    expect(matteringOf(none).map(({ lineage }) => lineage)).toEqual([first]);
  });
});
