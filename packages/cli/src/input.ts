/** An input whose beginning was read ahead of the rest. */
export interface Input {
  /** The first bytes: as many as were asked for, a chunk more, or all there are. */
  readonly head: Uint8Array;
  /** The head is all there is. */
  readonly isWhole: boolean;
  /** Gives the whole input from its first byte on, once. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Lets go of the input, wherever the reading has come to. */
  close(): Promise<void>;
}

/** Reads the head of an input: more than `length` bytes, or all of them. */
export async function openInput(source: AsyncIterable<Uint8Array>, length: number): Promise<Input> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let isWhole = false;
  for (let held = 0; held <= length && !isWhole; ) {
    const { value, done } = await iterator.next();
    isWhole = done === true;
    if (value === undefined) continue;
    pieces.push(value);
    held += value.length;
  }
  const head = Buffer.concat(pieces);
  return {
    head,
    isWhole,
    chunks: async function* () {
      yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield next.value;
      }
    },
    close: async () => {
      await iterator.return?.();
    },
  };
}
