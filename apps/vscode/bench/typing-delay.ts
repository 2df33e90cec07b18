import type { Page } from 'playwright-core';

const KEYS = 150;

/** A quick typist's pause between keys, in milliseconds. */
const PAUSE = 60;

/**
 * Types into the editor that has the focus, and gives the 95th percentile of the time from a key to the
 * picture with it, in milliseconds.
 */
export async function typingDelay(page: Page): Promise<number> {
  await page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(globalThis, { typingDelays: delays });
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        // After the next frame is painted, its messages are handled.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => delays.push(performance.now() - timeStamp);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  await page.keyboard.type('abcde fghij klmno '.repeat(KEYS).slice(0, KEYS), { delay: PAUSE });
  await page.waitForTimeout(500);
  const delays = await page.evaluate(
    () => (globalThis as unknown as { typingDelays: number[] }).typingDelays,
  );
  return [...delays].sort((a, b) => a - b)[Math.floor(delays.length * 0.95)] ?? Number.NaN;
}
