/** How much of an archive is unpacked; over any of these all of it is refused. */
export interface ArchiveLimits {
  /** Bytes that an archive may unpack to, all members and the archives among them together. */
  readonly totalBytes: number;
  /** Members: files, folders, links and all else, those of archives within it too. */
  readonly members: number;
  /** How many times its packed size an archive may unpack to. */
  readonly ratio: number;
  /** Unpacked bytes up to which the ratio does not matter: a short text may be all blanks. */
  readonly freeBytes: number;
  /** Archives, or packed files, within each other that are opened below the outermost. */
  readonly nesting: number;
}

/**
 * The limits that hold where none are given: 2 GiB, 100,000 members, 250 times the packed size from
 * 64 MiB on, and two levels of archives within an archive (a case's .zip, with a sosreport's .tar.xz
 * in it, with a log's .gz in that).
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  totalBytes: 2 ** 31 - 1,
  members: 100_000,
  ratio: 250,
  freeBytes: 64 << 20,
  nesting: 2,
};

/** Characters of a member's name, with its folders; a member with a longer one is passed over. */
export const MAX_NAME_LENGTH = 4096;
