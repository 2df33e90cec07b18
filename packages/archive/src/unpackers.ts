import type { ArchiveFormat } from './archive-format.ts';
import { gunzip } from './gunzip.ts';
import { unxz } from './unxz.ts';
import { unzstd } from './zstd/unzstd.ts';

type Unpacker = (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;

/** How each form that packs one stream is unpacked; those that hold members are not here. */
export const UNPACKERS: Readonly<Partial<Record<ArchiveFormat, Unpacker>>> = {
  gzip: gunzip,
  xz: unxz,
  zstd: unzstd,
};
