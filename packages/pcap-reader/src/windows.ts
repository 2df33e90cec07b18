import { setWindow, type Walk } from './walk.ts';

/**
 * Shows a walk the chunks of a file, one window after the other. A chunk is shown as it is, without
 * a copy; only a packet that lies across two chunks is put together, in memory of its size.
 */
export class Windows {
  readonly #walk: Walk;
  /** What waits for the rest of its packet. */
  #rest = new Uint8Array(1 << 16);
  #length = 0;
  /** Offset in the file of what comes next. */
  #offset: number;

  /** @param offset where in the file the first chunk begins. */
  constructor(walk: Walk, offset: number) {
    this.#walk = walk;
    this.#offset = offset;
  }

  /** Gives control whenever the walk has a new window, to be walked until `nextPacket` is false. */
  *ofChunk(chunk: Uint8Array): Generator<void, void, undefined> {
    const walk = this.#walk;
    let at = 0;
    while (at < chunk.length) {
      if (this.#length === 0) {
        setWindow(walk, chunk, this.#offset, at, false);
        yield;
        this.#keep(chunk.subarray(walk.at));
        at = chunk.length;
        continue;
      }
      const missing = Math.max(1, walk.wanted - this.#length);
      const waiting = this.#length;
      this.#keep(chunk.subarray(at, at + missing));
      at += this.#length - waiting;
      if (this.#length < walk.wanted) break;
      setWindow(
        walk,
        this.#rest.subarray(0, this.#length),
        this.#offset + at - this.#length,
        0,
        false,
      );
      yield;
      if (walk.at >= waiting) {
        // The walk has come to what is new, and that is in the chunk.
        at -= this.#length - walk.at;
        this.#length = 0;
      } else {
        this.#rest.copyWithin(0, walk.at, this.#length);
        this.#length -= walk.at;
      }
    }
    this.#offset += chunk.length;
  }

  /** Gives control once more, with what is left, when the file has ended. */
  *ofEnd(): Generator<void, void, undefined> {
    const bytes = this.#rest.subarray(0, this.#length);
    setWindow(this.#walk, bytes, this.#offset - this.#length, 0, true);
    yield;
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#rest.length) {
      const larger = new Uint8Array(Math.max(length, this.#rest.length * 2));
      larger.set(this.#rest.subarray(0, this.#length));
      this.#rest = larger;
    }
    this.#rest.set(bytes, this.#length);
    this.#length = length;
  }
}
