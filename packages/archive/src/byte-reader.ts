/** Takes bytes off a stream of chunks in the portions that a format has. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = EMPTY;
  #offset = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes that were taken so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Gives up to so many of the next bytes without taking them; fewer only at the end. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#rest.length < count) {
      const next = await this.#next();
      if (next === null) break;
      this.#rest = this.#rest.length === 0 ? next : concatBytes([this.#rest, next]);
    }
    return this.#rest.subarray(0, count);
  }

  /**
   * Takes so many bytes; fewer only at the end. They are held as they come, so a count that a file
   * merely claims costs nothing. A view of the chunk where one has them all.
   */
  async take(count: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let left = count; left > 0; ) {
      const piece = await this.takeSome(left);
      if (piece.length === 0) break;
      pieces.push(piece);
      left -= piece.length;
    }
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : concatBytes(pieces);
  }

  /** Takes what is there of the next bytes, at least one and at most so many; none at the end. */
  async takeSome(most: number): Promise<Uint8Array> {
    if (this.#rest.length === 0) this.#rest = (await this.#next()) ?? EMPTY;
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    this.#offset += piece.length;
    return piece;
  }

  /** Passes over so many bytes, and gives how many there were. */
  async skip(count: number): Promise<number> {
    let skipped = 0;
    while (skipped < count) {
      const { length } = await this.takeSome(count - skipped);
      if (length === 0) break;
      skipped += length;
    }
    return skipped;
  }

  /** Gives all that is left, as it comes, and lets go of the stream. */
  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = await this.takeSome(Number.POSITIVE_INFINITY);
        if (chunk.length === 0) return;
        yield chunk;
      }
    } finally {
      await this.close();
    }
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<Uint8Array | null> {
    for (;;) {
      const { value, done } = await this.#chunks.next();
      if (done === true) return null;
      if (value.length > 0) return value;
    }
  }
}

const EMPTY = new Uint8Array(0);

/** Joins pieces to one array. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
