import { Columns, type Diagnostic } from '@tuplescope/scan';
import { nextPacket } from './next-packet.ts';
import type { Section } from './section.ts';
import { newWalk, type Walk, type WalkContext } from './walk.ts';
import { Windows } from './windows.ts';

/** Where to begin to read a file that is indexed, to come to a packet. */
export interface PcapPosition {
  /** Number of the first packet here, from 1. */
  readonly n: number;
  /** Offset in the file to read from. */
  readonly offset: number;
  /** Offset in the file to read up to: the packet asked for lies before it. */
  readonly end: number;
  /** What the headers before say of the packets here; for `parsePcapAt`. */
  readonly context: WalkContext;
}

/** A place is noted at every so many packets. */
const STRIDE = 64;

/**
 * An index of a capture file: where its packets lie, at 24 bytes for each 64 packets. It grows by the
 * chunks of the file, and can be asked while it grows.
 *
 * @example
 * for await (const chunk of chunks) index.append(chunk);
 * const { offset, end } = index.find(1_000_000);
 */
export class PcapIndex {
  readonly #walk = newWalk();
  readonly #windows = new Windows(this.#walk, 0);
  /** For each place: where it is, the latest time before it, and which section it is in. */
  readonly #places = new Columns(
    {
      offset: Float64Array,
      seconds: Float64Array,
      nanoseconds: Uint32Array,
      section: Uint32Array,
    },
    64,
  );
  readonly #sections: Section[] = [];
  #length = 0;
  #latestSeconds = Number.NEGATIVE_INFINITY;
  #latestNanoseconds = 0;
  #isInOrder = true;
  readonly #diagnostics: Diagnostic[] = [];

  /** How many packets were found so far, TCP or not. */
  get packets(): number {
    return this.#walk.n;
  }

  /** Offset in the file up to where it is indexed. */
  get offset(): number {
    return this.#walk.base + this.#walk.at;
  }

  /** Whether no packet so far has an earlier time than one before it. */
  get isInOrder(): boolean {
    return this.#isInOrder;
  }

  /** What is damaged in what was read so far. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** Takes the next bytes of the file. */
  append(chunk: Uint8Array): void {
    for (const _ of this.#windows.ofChunk(chunk)) this.#walkOn();
  }

  /** Says that the file has ended: what its end leaves unfinished is said in `diagnostics`. */
  finish(): void {
    for (const _ of this.#windows.ofEnd()) this.#walkOn();
    this.#diagnostics.push(...this.#walk.damage.counts(this.offset));
  }

  /** Gives where to read to come to packet `n`, or null where the index does not have it (yet). */
  find(n: number): PcapPosition | null {
    if (!Number.isInteger(n) || n < 1 || n > this.packets) return null;
    return this.#position(Math.floor((n - 1) / STRIDE));
  }

  /**
   * Gives where to read to come to the first packet of this time or later, or null where the index
   * has none (yet).
   *
   * @param seconds since the epoch.
   * @param nanoseconds of that second.
   */
  findTime(seconds: number, nanoseconds = 0): PcapPosition | null {
    if (this.#isBefore(this.#latestSeconds, this.#latestNanoseconds, seconds, nanoseconds)) {
      return null;
    }
    // The latest time before a place never falls, whatever the times do.
    const { arrays } = this.#places;
    let low = 0;
    let high = this.#length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const latest = arrays.seconds[middle] as number;
      const isBefore = this.#isBefore(
        latest,
        arrays.nanoseconds[middle] as number,
        seconds,
        nanoseconds,
      );
      if (isBefore) low = middle;
      else high = middle - 1;
    }
    return this.#length === 0 ? null : this.#position(low);
  }

  #isBefore(seconds: number, nanoseconds: number, than: number, thanNanoseconds: number): boolean {
    return seconds < than || (seconds === than && nanoseconds < thanNanoseconds);
  }

  #position(place: number): PcapPosition {
    const { offset, section } = this.#places.arrays;
    const { format, interfaces } = this.#walk;
    const isLast = place + 1 >= this.#length;
    return {
      n: place * STRIDE + 1,
      offset: offset[place] as number,
      end: isLast ? this.offset : (offset[place + 1] as number),
      context: {
        format,
        section: this.#sections[section[place] as number] as Section,
        interfaces,
      },
    };
  }

  #walkOn(): void {
    const walk = this.#walk;
    while (nextPacket(walk)) {
      if (walk.n % STRIDE === 1) this.#note(walk);
      if (!walk.hasTime) continue;
      const { seconds, nanoseconds } = walk;
      if (this.#isBefore(this.#latestSeconds, this.#latestNanoseconds, seconds, nanoseconds)) {
        this.#latestSeconds = seconds;
        this.#latestNanoseconds = nanoseconds;
      } else if (seconds !== this.#latestSeconds || nanoseconds !== this.#latestNanoseconds) {
        this.#isInOrder = false;
      }
    }
    this.#diagnostics.push(...walk.damage.drain());
  }

  #note(walk: Walk): void {
    const place = this.#length++;
    this.#places.reserve(place);
    const { arrays } = this.#places;
    if (this.#sections.at(-1) !== walk.section) this.#sections.push(walk.section);
    arrays.offset[place] = walk.base + walk.start;
    arrays.seconds[place] = this.#latestSeconds;
    arrays.nanoseconds[place] = this.#latestNanoseconds;
    arrays.section[place] = this.#sections.length - 1;
  }
}
