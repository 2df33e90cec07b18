/** One end of a connection that carries messages: a worker, a webview, or what they run in. */
export interface Port {
  /** Sends a message; the buffers named are handed over, not copied, where the carrier can. */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Says what to do with each message that comes. */
  listen(listener: (message: unknown) => void): void;
}

/** What one end answers to: each method takes one value and gives one. */
export type Methods<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (params: infer Params) => infer Result
    ? (params: Params) => Result | Promise<Result>
    : never;
};

/** Asks the other end; the promise fails with the message of what failed there. */
export type Call<Api> = <Name extends keyof Api & string>(
  method: Name,
  params: Api[Name] extends (params: infer Params) => unknown ? Params : never,
) => Promise<Api[Name] extends (params: never) => infer Result ? Awaited<Result> : never>;

/** A connection to the other end. */
export interface Channel<Api> {
  readonly call: Call<Api>;
  /** Lets every question that is open fail: the other end is gone. */
  close(why: string): void;
}

type Message =
  | { readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly reply: number; readonly result?: unknown; readonly error?: string };

/**
 * Connects two ends: answers the other's requests with `methods`, and gives the function that asks
 * the other. Both ends are the same, so that either may ask.
 *
 * @example
 * const { call } = createChannel<AnalysisApi>(port, {});
 * await call('analyze', { files, utcOffsetHours: 0 })
 */
export function createChannel<Remote, Local = Record<never, never>>(
  port: Port,
  methods: Methods<Local>,
): Channel<Remote> {
  const waiting = new Map<number, { done(result: unknown): void; fail(error: Error): void }>();
  const known = new Map<string, (params: unknown) => unknown>(Object.entries(methods));
  let last = 0;

  const answer = async (id: number, method: string, params: unknown): Promise<void> => {
    try {
      const run = known.get(method);
      if (run === undefined) throw new Error(`there is no method ${method}`);
      const result = await run(params);
      port.post({ reply: id, result }, buffersOf(result));
    } catch (error) {
      port.post({ reply: id, error: error instanceof Error ? error.message : String(error) });
    }
  };

  port.listen((received) => {
    if (!isMessage(received)) return;
    if ('method' in received) void answer(received.id, received.method, received.params);
    else {
      const asked = waiting.get(received.reply);
      waiting.delete(received.reply);
      if (received.error === undefined) asked?.done(received.result);
      else asked?.fail(new Error(received.error));
    }
  });

  const call = (method: string, params: unknown): Promise<unknown> =>
    new Promise((done, fail) => {
      const id = ++last;
      waiting.set(id, { done, fail });
      port.post({ id, method, params }, buffersOf(params));
    });

  return {
    call: call as Call<Remote>,
    close: (why) => {
      for (const { fail } of waiting.values()) fail(new Error(why));
      waiting.clear();
    },
  };
}

/** Marks a value whose buffers its sender needs no more: they are handed over, not copied. */
export interface HandsOver {
  readonly handsOver: readonly ArrayBuffer[];
}

function buffersOf(value: unknown): readonly ArrayBuffer[] {
  if (typeof value !== 'object' || value === null || !('handsOver' in value)) return [];
  return (value as HandsOver).handsOver;
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && ('method' in value || 'reply' in value);
}
