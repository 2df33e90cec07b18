import { expect, it, vi } from 'vitest';
import type { PacketPage } from '../protocol/packets.ts';
import { createPageCache, PAGE_ROWS } from './page-cache.ts';

function pageOf(first: number, length = PAGE_ROWS): PacketPage {
  return { first, length } as PacketPage;
}

it('asks for a page once, and gives its rows when it has come', async () => {
  const load = vi.fn(async ({ first }: { first: number }) => pageOf(first));
  const cache = createPageCache(load, () => undefined);
  expect(cache.row(300)).toBeNull();
  expect(cache.row(301)).toBeNull();
  await vi.waitFor(() => expect(cache.row(300)?.at).toBe(44));
  expect(load.mock.calls).toEqual([[{ first: 256, count: 256 }]]);
});

it('takes no page that was asked for before the list changed', async () => {
  const answers: ((page: PacketPage) => void)[] = [];
  const onLoad = vi.fn();
  const cache = createPageCache(() => new Promise((resolve) => answers.push(resolve)), onLoad);
  cache.row(0);
  cache.clear();
  answers[0]?.(pageOf(0));
  await Promise.resolve();
  expect(onLoad).not.toHaveBeenCalled();
  expect(cache.row(0)).toBeNull();
  expect(answers).toHaveLength(2);
});

it('asks again for a page that was not full when the list grows', async () => {
  let length = 10;
  const load = vi.fn(async ({ first }: { first: number }) => pageOf(first, length));
  const cache = createPageCache(load, () => undefined);
  cache.row(0);
  await vi.waitFor(() => expect(cache.row(9)).not.toBeNull());
  expect(cache.row(20)).toBeNull();
  length = 30;
  cache.dropLast(10);
  cache.row(20);
  await vi.waitFor(() => expect(cache.row(20)).not.toBeNull());
});

it('keeps no more pages than it may', async () => {
  const load = vi.fn(async ({ first }: { first: number }) => pageOf(first));
  const cache = createPageCache(load, () => undefined);
  for (let number = 0; number < 100; number++) {
    cache.row(number * PAGE_ROWS);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(cache.row(number * PAGE_ROWS)).not.toBeNull();
  }
  expect(cache.row(0)).toBeNull();
  expect(load).toHaveBeenCalledTimes(101);
});

it('shows the pages that it has until they have come again', async () => {
  const answers: ((page: PacketPage) => void)[] = [];
  const cache = createPageCache(
    () => new Promise((resolve) => answers.push(resolve)),
    () => undefined,
  );
  cache.row(0);
  const before = pageOf(0);
  answers[0]?.(before);
  await vi.waitFor(() => expect(cache.row(0)?.page).toBe(before));
  cache.refresh();
  expect(cache.row(0)?.page).toBe(before);
  const after = pageOf(0);
  answers[1]?.(after);
  await vi.waitFor(() => expect(cache.row(0)?.page).toBe(after));
  expect(answers).toHaveLength(2);
});
