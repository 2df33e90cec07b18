import { expect, it } from 'vitest';
import { createChannel, type Port } from './channel.ts';

interface Calculator {
  double(value: number): number;
  fail(why: string): never;
}

/** Two ports, each of which hears what the other posts. */
function connected(): [Port, Port] {
  const listeners: ((message: unknown) => void)[] = [];
  const port = (own: number, other: number): Port => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => listeners[other]?.(copy));
    },
    listen: (listener) => {
      listeners[own] = listener;
    },
  });
  return [port(0, 1), port(1, 0)];
}

function calculator(): ReturnType<typeof createChannel<Calculator>> {
  const [here, there] = connected();
  createChannel<Record<never, never>, Calculator>(there, {
    double: (value) => value * 2,
    fail: (why) => {
      throw new Error(why);
    },
  });
  return createChannel<Calculator>(here, {});
}

it('answers each question with its own answer', async () => {
  const { call } = calculator();
  expect(await Promise.all([call('double', 1), call('double', 21)])).toEqual([2, 42]);
});

it('lets a question fail as it failed at the other end', async () => {
  const { call } = calculator();
  await expect(call('fail', 'no memory')).rejects.toThrow('no memory');
});

it('lets open questions fail when it is closed', async () => {
  const [here] = connected();
  const { call, close } = createChannel<Calculator>(here, {});
  const open = call('double', 1);
  close('the worker ended');
  await expect(open).rejects.toThrow('the worker ended');
});

it('ignores messages that are none of its own', async () => {
  const [here, there] = connected();
  createChannel<Calculator>(here, {});
  for (const message of [null, 'text', 7, {}, { reply: 99 }]) there.post(message);
  await Promise.resolve();
});
