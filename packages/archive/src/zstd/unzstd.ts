import xxhash, { type XXHash } from 'xxhash-wasm';
import { ByteReader } from '../byte-reader.ts';
import { asDamage, Damage } from '../damage.ts';
import { type FrameHeader, littleEndian, readFrameHeader, takeAll } from './frame-header.ts';
import type { HuffmanTable } from './huffman-table.ts';
import { readLiterals } from './read-literals.ts';
import { makeSequenceState, runSequences, type SequenceState } from './run-sequences.ts';
import { makeRoom, makeWindow, type Window } from './window.ts';
import { ZstdFault } from './zstd-fault.ts';

/** Bytes that a block gives, at most (RFC 8878, 3.1.1.2.4). */
const MAX_BLOCK_BYTES = 128 << 10;

/** The kinds of a block (RFC 8878, 3.1.1.2.2). */
const RAW = 0;
const RLE = 1;
const COMPRESSED = 2;

/** The first four bytes of a frame, and of one that is to be passed over. */
const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;

/** What one block takes over from the one before. */
interface FrameState {
  readonly window: Window;
  readonly sequences: SequenceState;
  huffman: HuffmanTable | null;
}

/** A block's bytes with a few behind them, so that bits can be read four bytes at a time. */
const SCRATCH_BYTES = MAX_BLOCK_BYTES + 8;

/**
 * Unpacks zstd (RFC 8878), one frame or several behind each other, in memory of at most the frame's
 * window, 128 MiB. Throws a {@link Damage} where it is cut or wrong; what came before has been given
 * by then. Dictionaries are not known.
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    for (let frames = 0; ; frames++) {
      const at = reader.offset;
      const magic = littleEndian(await reader.take(4));
      if (reader.offset === at) return;
      if (magic === FRAME) yield* unpackFrame(reader);
      else if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
        const size = littleEndian(await takeAll(reader, 4));
        if ((await reader.skip(size)) < size) throw new ZstdFault('its end');
      } else if (frames > 0) {
        throw new Damage(at, 'the end of the zstd', 'other bytes, passed over', 'warning');
      } else throw new ZstdFault('no frame');
    }
  } catch (error) {
    if (!(error instanceof ZstdFault)) throw error;
    const what = error.message === 'its end' ? 'the rest of the zstd' : 'zstd that can be unpacked';
    throw asDamage(error, reader.offset, what);
  } finally {
    await reader.close();
  }
}

async function* unpackFrame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const header = await readFrameHeader(reader);
  const limit = Math.min(header.window, MAX_BLOCK_BYTES);
  const checksum: XXHash<bigint> | null = header.hasChecksum ? (await xxhash()).create64() : null;
  const state: FrameState = {
    window: makeWindow(header.window),
    sequences: makeSequenceState(),
    huffman: null,
  };
  let content = 0;
  for (let isLast = false; !isLast; ) {
    const head = littleEndian(await takeAll(reader, 3));
    isLast = (head & 1) !== 0;
    makeRoom(state.window, limit);
    const before = state.window.length;
    await unpackBlock(reader, (head >> 1) & 3, head >> 3, limit, state);
    // A copy: the window moves on.
    const piece = state.window.bytes.slice(before, state.window.length);
    checksum?.update(piece);
    content += piece.length;
    if (piece.length > 0) yield piece;
  }
  await checkEnd(reader, header, content, checksum);
}

async function unpackBlock(
  reader: ByteReader,
  kind: number,
  size: number,
  limit: number,
  state: FrameState,
): Promise<void> {
  const { window } = state;
  if (kind > COMPRESSED || size > limit) throw new ZstdFault('a block that cannot be');
  const bytes = await takeAll(reader, kind === RLE ? 1 : size);
  if (kind === RAW) {
    window.bytes.set(bytes, window.length);
    window.length += size;
  } else if (kind === RLE) {
    window.bytes.fill(bytes[0] as number, window.length, window.length + size);
    window.length += size;
  } else {
    const scratch = new Uint8Array(SCRATCH_BYTES);
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
