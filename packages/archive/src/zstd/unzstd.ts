import { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { littleEndian, takeAll } from './frame-header.ts';
import { makeFrameMemory, unpackFrame } from './unpack-frame.ts';
import { ZstdFault } from './zstd-fault.ts';

/** The first four bytes of a frame, and of one that is to be passed over (RFC 8878, 3.1). */
const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;

/**
 * Unpacks zstd (RFC 8878), one frame or several behind each other, in memory of at most the frame's
 * window, 128 MiB. Throws a {@link Damage} where it is cut or wrong; what came before has been given
 * by then. Dictionaries are not known.
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  const memory = makeFrameMemory();
  try {
    for (let frames = 0; ; frames++) {
      const at = reader.offset;
      const magic = littleEndian(await reader.take(4));
      if (reader.offset === at) return;
      if (magic === FRAME) yield* unpackFrame(reader, memory);
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
    throw new Damage(reader.offset, what, error.message);
  } finally {
    await reader.close();
  }
}
