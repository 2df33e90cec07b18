import { spawn, spawnSync } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** Where Chromium is, or null: then a test says so and is skipped. */
export const CHROMIUM: string | null =
  spawnSync('chromium', ['--version']).status === 0 ? 'chromium' : null;

/** What a browser says of a page. */
export interface OpenedPage {
  /** Addresses of all that the page asked for, itself included. */
  readonly requests: readonly string[];
  /** What the expression gave, as JSON, in the light and in the dark. */
  readonly light: unknown;
  readonly dark: unknown;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: Record<string, never>;
}

/** Opens a page in Chromium by its DevTools protocol, and evaluates an expression in both schemes. */
export async function openPage(url: string, expression: string): Promise<OpenedPage> {
  const browser = spawn(
    CHROMIUM ?? 'chromium',
    ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const [, , , input, output] = browser.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (result: Record<string, never>) => void>();
  const requests: string[] = [];
  let loaded = (): void => {};
  const isLoaded = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  let rest = '';
  output.setEncoding('utf8').on('data', (piece: string) => {
    const messages = (rest + piece).split('\0');
    rest = messages.pop() ?? '';
    for (const text of messages) {
      const { id, method, params, result }: Message = JSON.parse(text);
      if (id !== undefined) waiting.get(id)?.(result ?? {});
      if (method === 'Network.requestWillBeSent') requests.push(params?.request?.url ?? '');
      if (method === 'Page.loadEventFired') loaded();
    }
  });
  let last = 0;
  const send = (method: string, params: object, sessionId?: string) =>
    new Promise<Record<string, never>>((resolve) => {
      waiting.set(++last, resolve);
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  try {
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
    await send('Network.enable', {}, sessionId);
    await send('Page.enable', {}, sessionId);
    await send('Page.navigate', { url }, sessionId);
    await isLoaded;
    const inScheme = async (value: string): Promise<unknown> => {
      const features = [{ name: 'prefers-color-scheme', value }];
      await send('Emulation.setEmulatedMedia', { features }, sessionId);
      const { result } = await send('Runtime.evaluate', { expression }, sessionId);
      return JSON.parse((result as { value: string } | undefined)?.value ?? 'null');
    };
    return { light: await inScheme('light'), dark: await inScheme('dark'), requests };
  } finally {
    browser.kill();
  }
}
