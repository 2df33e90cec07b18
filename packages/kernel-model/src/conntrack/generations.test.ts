import { describe, expect, it } from 'vitest';
import { behaviourOf } from '../behaviour-of.ts';
import { shippedProfile } from '../profiles.ts';
import { readGenerationVectors, runSteps } from '../testing/generation-vectors.ts';
import { GENERATIONS } from '../testing/generations.ts';
import { limitsOf } from './limits.ts';

const vectors = readGenerationVectors();
const recorded = Object.entries(GENERATIONS).filter(([generation]) => generation !== 'G16');

describe('the inner state of the tracker', () => {
  it.each(recorded)(
    'is after every packet what the code of generation %s has',
    (generation, id) => {
      const profile = shippedProfile(id);
      if (profile === null) throw new Error(`no profile ${id}`);
      const kernel = { behaviour: behaviourOf(profile), limits: limitsOf(profile.sysctls) };
      let compared = 0;
      for (const { name, steps, groups } of vectors) {
        const group = groups.find(({ gens }) => gens.includes(generation));
        expect(runSteps(kernel, steps), name).toEqual(group?.expect);
        compared++;
      }
      expect(compared).toBe(476);
    },
  );
});
