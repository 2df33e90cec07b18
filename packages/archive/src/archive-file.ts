import type { Diagnostic } from '@tuplescope/scan';

/** A file out of an archive: a name and its bytes, never a path that anything was written to. */
export interface ArchiveFile {
  /** The archive's name, `!/` and the member's: `bundle.tar.gz!/ss.txt`; of one packed file its own. */
  readonly path: string;
  /** The whole content, unpacked; a view of the archive where that holds it as it is. */
  readonly bytes: Uint8Array;
}

/**
 * What was wrong with an archive or a member. Line is 1, and column counts the bytes up to the place
 * that is meant, from 1: in the packed file, in a packed .tar in that .tar.
 */
export interface ArchiveDiagnostic extends Diagnostic {
  /** The archive, or the member of an archive, that it is about. */
  readonly path: string;
}

/** The files of an archive, and what was passed over or cut. */
export interface OpenedArchive {
  readonly files: readonly ArchiveFile[];
  readonly diagnostics: readonly ArchiveDiagnostic[];
}
