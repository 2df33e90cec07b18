import type { Report } from '@tuplescope/report';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from './exit-code.ts';

const withStates = (...states: readonly string[]): Report =>
  ({ findings: states.map((state) => ({ state })) }) as unknown as Report;

describe('exitCodeOf', () => {
  it.each([
    [[], 'latent', 0],
    [['latent'], 'latent', 1],
    [['past'], 'latent', 1],
    [['active'], 'latent', 1],
    [['latent'], 'past', 0],
    [['past'], 'past', 1],
    [['active'], 'past', 1],
    [['latent', 'past'], 'active', 0],
    [['past', 'active'], 'active', 1],
    [['latent', 'past', 'active'], 'never', 0],
  ])('of %j with --fail-on %s is %i', (states, failOn, code) => {
    expect(exitCodeOf(withStates(...states), failOn)).toBe(code);
  });
});
