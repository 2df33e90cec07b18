import { expect, it, vi } from 'vitest';
import { createSentenceCache } from './sentence-cache.ts';

interface Answer {
  readonly own: readonly string[] | null;
  readonly other: null;
}

function held() {
  const answers: ((answer: Answer) => void)[] = [];
  const load = vi.fn(
    (_numbers: Uint32Array) => new Promise<Answer>((resolve) => answers.push(resolve)),
  );
  const asked = (times: number): Promise<void> =>
    vi.waitFor(() => expect(load).toHaveBeenCalledTimes(times));
  return { load, asked, answers, cache: createSentenceCache(load, () => undefined) };
}

it('asks about packets once', async () => {
  const { load, asked, answers, cache } = held();
  cache.ask([7, 9]);
  expect(cache.of(7)).toBe('');
  await asked(1);
  answers[0]?.({ own: ['seven', 'nine'], other: null });
  await vi.waitFor(() => expect(cache.of(9)).toBe('nine'));
  cache.ask([7, 9]);
  cache.ask([7, 11]);
  await asked(2);
  expect(load.mock.calls).toEqual([[Uint32Array.of(7, 9)], [Uint32Array.of(11)]]);
});

it('asks about those where the scrolling rests', async () => {
  const { load, asked, cache } = held();
  cache.ask([1]);
  cache.ask([2]);
  await asked(1);
  expect(load).toHaveBeenCalledWith(Uint32Array.of(2));
});

it('asks one question at a time, and then about what is in sight by now', async () => {
  const { load, asked, answers, cache } = held();
  cache.ask([1]);
  await asked(1);
  cache.ask([2]);
  cache.ask([3]);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(load).toHaveBeenCalledTimes(1);
  answers[0]?.({ own: ['one'], other: null });
  await asked(2);
  expect(load.mock.calls[1]).toEqual([Uint32Array.of(3)]);
});

it('takes no answer of the kernel before', async () => {
  const { asked, answers, cache } = held();
  cache.ask([1]);
  await asked(1);
  cache.restart();
  cache.ask([1]);
  answers[0]?.({ own: ['old'], other: null });
  await asked(2);
  expect(cache.of(1)).toBe('');
  answers[1]?.({ own: ['new'], other: null });
  await vi.waitFor(() => expect(cache.of(1)).toBe('new'));
});

it('asks again where nothing was known yet', async () => {
  const { asked, answers, cache } = held();
  cache.ask([1]);
  await asked(1);
  answers[0]?.({ own: null, other: null });
  await new Promise((resolve) => setTimeout(resolve, 0));
  cache.ask([1]);
  await asked(2);
  expect(cache.of(1)).toBe('');
});
