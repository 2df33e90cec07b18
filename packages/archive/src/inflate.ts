import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from 'pako';

/** Bytes that are unpacked at once: a bomb is stopped before it is larger than this. */
const PIECE_BYTES = 64 << 10;

/** log2 of the largest window of deflate (RFC 1951). */
const WINDOW_BITS = 15;

/** Unpacks deflate in pieces of a fixed size. */
export interface Inflater {
  /** Unpacks a chunk, or as much of it as belongs to the stream. */
  readonly push: (chunk: Uint8Array) => Generator<Uint8Array>;
  /** Bytes of the last chunk that were not used, since the stream had ended. */
  readonly unused: () => number;
  /** Whether the stream has come to its end. */
  readonly isDone: () => boolean;
  /** Begins with another stream: far cheaper than another inflater, where streams are small and many. */
  readonly restart: () => void;
}

/** Unpacks streams of raw deflate, or members of gzip with their checksums. */
export function makeInflater(form: 'raw' | 'gzip'): Inflater {
  const stream = new ZStream();
  zlibInflateInit2(stream, form === 'raw' ? -WINDOW_BITS : 16 + WINDOW_BITS);
  stream.output = new Uint8Array(PIECE_BYTES);
  let isDone = false;
  return {
    push: function* (chunk) {
      stream.input = chunk;
      stream.next_in = 0;
      stream.avail_in = chunk.length;
      do {
        stream.next_out = 0;
        stream.avail_out = PIECE_BYTES;
        const status = zlibInflate(stream, Z_NO_FLUSH);
        isDone = status === Z_STREAM_END;
        if (stream.next_out > 0) yield stream.output.slice(0, stream.next_out);
        if (status === Z_BUF_ERROR) return;
        if (!isDone && status !== Z_OK) throw new Error(stream.msg);
        // A full piece may be followed by more that is held back.
      } while (!isDone && (stream.avail_in > 0 || stream.avail_out === 0));
    },
    unused: () => stream.avail_in,
    isDone: () => isDone,
    restart: () => {
      zlibInflateReset(stream);
      isDone = false;
    },
  };
}
