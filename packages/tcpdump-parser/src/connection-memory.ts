import { ConnectionTable } from './connection-table.ts';
import type { PacketDraft } from './packet-draft.ts';

/**
 * Connections remembered at least; between this and twice as many the ones longest unused are
 * forgotten. tcpdump itself forgets none.
 */
export const MAX_CONNECTIONS = 32_768;

/** What is known of a connection: pairs of bits, the lower for side 0, the higher for side 1. */
const HAS_BASE = 1;
const HAS_SYN = 1 << 2;
const RESTS_ON_SYN = 1 << 4;
/** tcpdump has printed a segment with ACK of this connection, so it counts from there. */
const IS_COUNTED = 1 << 6;
/** The bits above these are the table's. */
const LOW_BITS = 0xff;
const BITS_OF_SIDE_0 = 0b010101;
const BITS_OF_SIDE_1 = 0b101010;

/** The cells of a row. */
const KNOWN = 0;
const BASE = 1;
const SYN = 3;

/**
 * What the numbers of each connection count from: tcpdump keeps such a table and never shows it.
 * Memory is bounded: of two halves the young one takes all that is used, and when it is full the old
 * one is forgotten.
 */
export class ConnectionMemory {
  /** Connections were forgotten. */
  hasForgotten = false;
  #young = new ConnectionTable();
  #old: ConnectionTable | null = null;
  /** Where the cells of the packet's connection begin. */
  #at = 0;
  /** 0 where the packet's source is side 0 of the connection, else 1. */
  #side = 0;

  /** Goes to the packet's connection, a new one where it is not known. */
  locate(draft: PacketDraft, bytes: Uint8Array): void {
    let at = this.#young.find(draft, bytes);
    if (at < 0) {
      if (this.#young.count >= MAX_CONNECTIONS) {
        this.hasForgotten ||= this.#old !== null;
        this.#old = this.#young;
        this.#young = new ConnectionTable();
        this.#young.find(draft, bytes);
      }
      at = this.#young.add();
      if (this.#old !== null) this.#takeOver(this.#old, at, draft, bytes);
    }
    this.#at = at;
    this.#side = this.#young.side;
  }

  /** Copies what the old half knows of the connection; its sides may be the other way round. */
  #takeOver(old: ConnectionTable, at: number, draft: PacketDraft, bytes: Uint8Array): void {
    const from = old.find(draft, bytes);
    if (from < 0) return;
    const turn = this.#young.side ^ old.side;
    const { cells } = this.#young;
    for (let side = 0; side < 2; side++) {
      cells[at + BASE + side] = old.cells[from + BASE + (side ^ turn)] as number;
      cells[at + SYN + side] = old.cells[from + SYN + (side ^ turn)] as number;
    }
    const known = old.cells[from + KNOWN] as number;
    const turned = ((known & BITS_OF_SIDE_0) << 1) | ((known & BITS_OF_SIDE_1) >> 1);
    const bits = turn === 0 ? known & LOW_BITS : turned | (known & IS_COUNTED);
    cells[at + KNOWN] = (cells[at + KNOWN] as number) | bits;
  }

  /** tcpdump counts the numbers of this connection already. */
  get isCounted(): boolean {
    return (this.#known & IS_COUNTED) !== 0;
  }

  /** Forgets what the numbers count from: from the next ones on tcpdump counts anew. */
  startCounting(): void {
    this.#known = (this.#known & (HAS_SYN | (HAS_SYN << 1) | ~LOW_BITS)) | IS_COUNTED;
  }

  /** Notes what the numbers of the packet's source, or of its destination, count from. */
  setBase(isSource: boolean, base: number, restsOnSyn: boolean): void {
    const side = isSource ? this.#side : 1 - this.#side;
    this.#young.cells[this.#at + BASE + side] = base;
    this.#known |= (restsOnSyn ? HAS_BASE | RESTS_ON_SYN : HAS_BASE) << side;
  }

  /** Gives what the numbers of that side count from, or -1. */
  base(isSource: boolean): number {
    const side = isSource ? this.#side : 1 - this.#side;
    if (((this.#known >> side) & HAS_BASE) === 0) return -1;
    return this.#young.cells[this.#at + BASE + side] as number;
  }

  /** That base was taken from a SYN. */
  restsOnSyn(isSource: boolean): boolean {
    const side = isSource ? this.#side : 1 - this.#side;
    return ((this.#known >> side) & RESTS_ON_SYN) !== 0;
  }

  /** Notes the sequence number of a SYN of the packet's source. */
  setSyn(seq: number): void {
    this.#young.cells[this.#at + SYN + this.#side] = seq;
    this.#known |= HAS_SYN << this.#side;
  }

  /** Gives the sequence number of the last SYN of the packet's source, or -1. */
  syn(): number {
    if (((this.#known >> this.#side) & HAS_SYN) === 0) return -1;
    return this.#young.cells[this.#at + SYN + this.#side] as number;
  }

  get #known(): number {
    return this.#young.cells[this.#at + KNOWN] as number;
  }

  set #known(bits: number) {
    this.#young.cells[this.#at + KNOWN] = bits;
  }
}
