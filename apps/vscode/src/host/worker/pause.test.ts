import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { memorySource, passingChunksOf } from './byte-source.ts';
import { createPause } from './pause.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('is over at once where it has not begun', async () => {
  await expect(createPause().over()).resolves.toBeUndefined();
});

it('holds up the reading of a file until nobody has typed for a while', async () => {
  const pause = createPause();
  const chunks = passingChunksOf(memorySource(new Uint8Array(3)), pause);
  pause.begin();
  const read = vi.fn();
  void chunks.next().then(read);
  await vi.advanceTimersByTimeAsync(300);
  pause.begin();
  await vi.advanceTimersByTimeAsync(499);
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2);
  expect(read).toHaveBeenCalledWith({ done: false, value: new Uint8Array(3) });
});
