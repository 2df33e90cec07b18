import { beforeAll, describe, expect, it } from 'vitest';
import { profileFor } from '../profile-for.ts';
import { readRecordedVectors } from '../testing/recorded-vectors.ts';
import { type Mismatch, replaySequence } from './replay-sequence.ts';

const vectors = readRecordedVectors();
const profiles = vectors.kernels.map((kernel) => profileFor(kernel).profile);
const mismatches = new Map<string, Mismatch[]>(vectors.kernels.map((kernel) => [kernel, []]));
let steps = 0;

beforeAll(() => {
  for (const sequences of vectors.sequences()) {
    for (const [k, sequence] of sequences.entries()) {
      const profile = profiles[k];
      if (!profile) throw new Error(`no profile for ${sequence.kernel}`);
      mismatches.get(sequence.kernel)?.push(...replaySequence(sequence, profile));
      steps += sequence.packets.length;
    }
  }
}, 120_000);

describe('the model', () => {
  it('was shown every packet of every recording', () => {
    expect(vectors.kernels.length).toBe(15);
    expect(steps).toBe(15 * (40_562 + 974 + 587));
  });

  it.each(vectors.kernels)('does what %s did, in every recorded field', (kernel) => {
    expect(mismatches.get(kernel)).toEqual([]);
  });
});
