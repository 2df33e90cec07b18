import xxhash, { type XXHash, type XXHashAPI } from 'xxhash-wasm';
import type { ByteReader } from '../byte-reader.ts';
import { type FrameHeader, littleEndian, readFrameHeader, takeAll } from './frame-header.ts';
import type { HuffmanTable } from './huffman-table.ts';
import { readLiterals } from './read-literals.ts';
import { makeSequenceState, runSequences, type SequenceState } from './run-sequences.ts';
import { beginFrame, makeRoom, makeWindow, type Window } from './window.ts';
import { ZstdFault } from './zstd-fault.ts';

/** Bytes that a block gives, at most (RFC 8878, 3.1.1.2.4). */
const MAX_BLOCK_BYTES = 128 << 10;

/** The kinds of a block (RFC 8878, 3.1.1.2.2). */
const RAW = 0;
const RLE = 1;
const COMPRESSED = 2;

/** What frames use one after the other: a file may have one for every few bytes. */
export interface FrameMemory {
  /** A block's bytes with a few behind them, so that bits can be read four bytes at a time. */
  readonly scratch: Uint8Array;
  readonly window: Window;
}

/** Makes the memory of a first frame. */
export function makeFrameMemory(): FrameMemory {
  return { scratch: new Uint8Array(MAX_BLOCK_BYTES + 8), window: makeWindow() };
}

/** What one block takes over from the one before. */
interface BlockState extends FrameMemory {
  readonly sequences: SequenceState;
  huffman: HuffmanTable | null;
}

/** Compiled once. */
let hashing: Promise<XXHashAPI> | undefined;

/** Unpacks one frame, behind its magic number, block by block. */
export async function* unpackFrame(
  reader: ByteReader,
  memory: FrameMemory,
): AsyncGenerator<Uint8Array> {
  const header = await readFrameHeader(reader);
  const limit = Math.min(header.window, MAX_BLOCK_BYTES);
  const checksum = header.hasChecksum ? await makeChecksum() : null;
  const { window } = memory;
  beginFrame(window, header.window);
  const state: BlockState = { ...memory, sequences: makeSequenceState(), huffman: null };
  let content = 0;
  for (let isLast = false; !isLast; ) {
    const head = littleEndian(await takeAll(reader, 3));
    isLast = (head & 1) !== 0;
    makeRoom(window, limit);
    const before = window.length;
    await unpackBlock(reader, (head >> 1) & 3, head >> 3, limit, state);
    // A copy: the window moves on.
    const piece = window.bytes.slice(before, window.length);
    checksum?.update(piece);
    content += piece.length;
    if (piece.length > 0) yield piece;
  }
  await checkEnd(reader, header, content, checksum);
}

async function makeChecksum(): Promise<XXHash<bigint>> {
  hashing ??= xxhash();
  return (await hashing).create64();
}

async function unpackBlock(
  reader: ByteReader,
  kind: number,
  size: number,
  limit: number,
  state: BlockState,
): Promise<void> {
  const { window, scratch } = state;
  if (kind > COMPRESSED || size > limit) throw new ZstdFault('a block that cannot be');
  const bytes = await takeAll(reader, kind === RLE ? 1 : size);
  if (kind === RAW) {
    window.bytes.set(bytes, window.length);
    window.length += size;
  } else if (kind === RLE) {
    window.bytes.fill(bytes[0] as number, window.length, window.length + size);
    window.length += size;
  } else {
    scratch.set(bytes);
    const read = readLiterals(scratch, 0, size, state.huffman, limit);
    state.huffman = read.table;
    runSequences(scratch, read.end, size, read.literals, window, state.sequences, limit);
  }
}

async function checkEnd(
  reader: ByteReader,
  header: FrameHeader,
  content: number,
  checksum: XXHash<bigint> | null,
): Promise<void> {
  if (header.content !== null && header.content !== content) {
    throw new ZstdFault(`${content} bytes of content where ${header.content} were promised`);
  }
  if (checksum === null) return;
  const written = littleEndian(await takeAll(reader, 4));
  const own = Number(BigInt.asUintN(32, checksum.digest()));
  if (written !== own) throw new ZstdFault('content that differs from its checksum');
}
