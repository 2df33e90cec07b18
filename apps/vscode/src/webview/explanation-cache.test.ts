import { expect, it, vi } from 'vitest';
import type { ExplainedRows } from '../protocol/explanations.ts';
import type { PacketPage } from '../protocol/packets.ts';
import { createExplanationCache } from './explanation-cache.ts';

const page = { n: Uint32Array.of(7, 9) } as PacketPage;

function rows(verdict: string): ExplainedRows {
  return { ctstate: [verdict], says: [''], expected: [true] };
}

it('asks about a page once it may, and once', async () => {
  const load = vi.fn(async () => rows('NEW'));
  const cache = createExplanationCache(load, () => undefined);
  expect(cache.of(page)).toBeNull();
  expect(load).not.toHaveBeenCalled();
  cache.restart();
  cache.of(page);
  await vi.waitFor(() => expect(cache.of(page)?.ctstate).toEqual(['NEW']));
  expect(load.mock.calls).toEqual([[Uint32Array.of(7, 9)]]);
});

it('takes no answer of the kernel before', async () => {
  const answers: ((answer: ExplainedRows) => void)[] = [];
  const cache = createExplanationCache(
    () => new Promise((resolve) => answers.push(resolve)),
    () => undefined,
  );
  cache.restart();
  cache.of(page);
  cache.restart();
  cache.of(page);
  answers[1]?.(rows('INVALID'));
  answers[0]?.(rows('NEW'));
  await vi.waitFor(() => expect(cache.of(page)?.ctstate).toEqual(['INVALID']));
});
