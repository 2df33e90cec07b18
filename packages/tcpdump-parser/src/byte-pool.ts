import { decodeText } from '@tuplescope/scan';

/** Byte strings one after the other, to which only the last can grow. */
export class BytePool {
  /** Offset after the last byte. */
  length = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  /** Adds bytes at the end. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    // A call to set costs more than a few bytes do.
    if (end - start > 32) this.#bytes.set(bytes.subarray(start, end), this.length);
    else
      for (let i = start, j = this.length; i < end; i++, j++) this.#bytes[j] = bytes[i] as number;
    this.length += end - start;
  }

  /** Adds one byte at the end. */
  addByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  /** Gives a range decoded as UTF-8. */
  text(start: number, end: number): string {
    return decodeText(this.#bytes, start, end);
  }

  /** Gives a range, not copied. */
  bytes(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  /** Gives the memory of unused bytes back. */
  trim(): void {
    if (this.length < this.#bytes.length) this.#bytes = this.#bytes.slice(0, this.length);
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 256, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}
