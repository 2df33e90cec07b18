export type { ArchiveDiagnostic, ArchiveFile, OpenedArchive } from './archive-file.ts';
export { type ArchiveFormat, archiveFormat, FORMAT_BYTES } from './archive-format.ts';
export { ARCHIVE_LIMITS, type ArchiveLimits, MAX_NAME_LENGTH } from './archive-limits.ts';
export { openArchive } from './open-archive.ts';
export { type UnpackOptions, unpackStream } from './unpack-stream.ts';
export { MAX_WINDOW_BYTES } from './zstd/frame-header.ts';
