import { expect, it } from 'vitest';
import { explainDamaged, readSamples } from './testing/fuzz-case.ts';

/** The long run is `pnpm fuzz`, which names the seed of a case that fails. */
const CASES = 300;

it('explains damaged captures and texts, whatever is left of them', () => {
  const samples = readSamples();
  const first = Math.floor(Math.random() * 2 ** 31);
  let packets = 0;
  for (let seed = first; seed < first + CASES; seed++) {
    try {
      packets += explainDamaged(samples, seed);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  expect(packets).toBeGreaterThan(CASES);
});
