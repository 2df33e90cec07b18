import * as library from 'xz-decompress';
import { asDamage, Damage } from './damage.ts';

/** What is used of a web stream; the core packages are typed without the DOM and without Node.js. */
interface WebStream {
  getReader(): WebReader;
}

interface WebReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
  cancel(): Promise<void>;
}

interface WebController {
  enqueue(chunk: Uint8Array): void;
  close(): void;
}

declare const ReadableStream: new (source: {
  pull(controller: WebController): Promise<void>;
}) => WebStream;

type Decoder = new (packed: WebStream) => WebStream;

/** The library is a CommonJS module: a bundler gives its names, Node.js only the whole. */
function decoder(): Decoder {
  const { XzReadableStream, default: whole } = library as unknown as {
    readonly XzReadableStream?: Decoder;
    readonly default?: { readonly XzReadableStream: Decoder };
  };
  return XzReadableStream ?? (whole?.XzReadableStream as Decoder);
}

/** What the library's codes mean (those of xz-embedded). */
const FAULTS: Readonly<Record<string, readonly [expected: string, found: string]>> = {
  4: ['xz with a dictionary of at most 64 MiB', 'a larger one'],
  6: ['xz with LZMA2 alone and the check CRC32, CRC64 or none', 'another filter or check'],
  8: ['the rest of the xz', 'its end'],
};

/**
 * Unpacks xz, one stream or several behind each other, in memory of at most 65 MiB. Throws a
 * {@link Damage} where it is cut or wrong; what came before has been given by then. Streams are
 * unpacked one at a time: a second waits until the first has ended or was closed.
 */
export async function* unxz(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = chunks[Symbol.asyncIterator]();
  let offset = 0;
  let failure: unknown = null;
  const source = new ReadableStream({
    pull: async (controller) => {
      try {
        for (;;) {
          const { value, done } = await packed.next();
          if (done === true) return controller.close();
          offset += value.length;
          if (value.length > 0) return controller.enqueue(value);
        }
      } catch (error) {
        failure = error;
        controller.close();
      }
    },
  });
  const reader = new (decoder())(source).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined && value.length > 0) yield value;
    }
  } catch (error) {
    throw failure ?? faultOf(error, offset);
  } finally {
    // It holds the library's lock, and the source, until it is cancelled.
    await reader.cancel().catch(() => undefined);
    await packed.return?.();
  }
}

function faultOf(error: unknown, offset: number): Damage {
  const code = /code (\d+)/.exec(String(error))?.[1] ?? '';
  const fault = FAULTS[code];
  if (fault !== undefined) return new Damage(offset, ...fault);
  if (code === '7' || code === '5') {
    return new Damage(offset, 'xz that can be unpacked', 'damaged data');
  }
  return asDamage(error, offset, 'xz that can be unpacked');
}
