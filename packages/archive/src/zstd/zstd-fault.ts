/** Thrown where a zstd frame cannot be right; the reader of frames adds the place. */
export class ZstdFault extends Error {}
