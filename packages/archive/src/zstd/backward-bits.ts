/**
 * Reads bits from the end of a piece of data to its beginning, as the entropy streams of zstd are
 * written (RFC 8878, 4.1). The last byte's highest bit that is set marks the end and is no data.
 */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  #left: number;

  /** @param end after the last byte; the byte before it must not be 0, or nothing is left. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = start;
    const last = end > start ? (bytes[end - 1] as number) : 0;
    this.#left = last === 0 ? -1 : (end - start - 1) * 8 + 31 - Math.clz32(last);
  }

  /** Bits that are left; negative where more were read than there are. */
  get left(): number {
    return this.#left;
  }

  /** Reads up to 31 bits; those beyond the beginning are 0, and {@link left} tells of them. */
  read(count: number): number {
    if (count > 24) return this.read(count - 16) * 65536 + this.read(16);
    this.#left -= count;
    return this.#at(this.#left, count);
  }

  /** Shows up to 24 of the next bits. */
  peek(count: number): number {
    return this.#at(this.#left - count, count);
  }

  /** Passes over bits that were shown. */
  drop(count: number): void {
    this.#left -= count;
  }

  #at(position: number, count: number): number {
    if (position < 0) {
      return position + count > 0 ? this.#at(0, position + count) << -position : 0;
    }
    const bytes = this.#bytes;
    const byte = this.#start + (position >>> 3);
    const word =
      (bytes[byte] as number) |
      ((bytes[byte + 1] as number) << 8) |
      ((bytes[byte + 2] as number) << 16) |
      ((bytes[byte + 3] as number) << 24);
    return (word >>> (position & 7)) & ((1 << count) - 1);
  }
}
