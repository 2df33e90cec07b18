import type { ArchiveFile, OpenedArchive } from './archive-file.ts';
import { archiveFormat, FORMAT_BYTES, otherFormat } from './archive-format.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts';
import { Refusal } from './damage.ts';
import { makeMeter, type Work } from './meter.ts';
import { Notes } from './notes.ts';
import { readMembers } from './read-members.ts';

/** A file of no bytes is not packed, but under such a name it is what a packer left that failed. */
const PACKED_NAME = /\.(?:gz|tgz|xz|txz|zst|tzst|tar|zip)$/i;

/** What all the archives within each other have in common. */
interface Opened {
  readonly limits: ArchiveLimits;
  readonly work: Work;
  readonly notes: Notes;
  readonly files: ArchiveFile[];
}

/**
 * Opens an archive, or a packed file, into files in memory: .tar, .zip, .gz, .xz, .zst, and a .tar in
 * any of the last three, whatever its name says. Archives within it are opened too. A file that is not
 * packed is given as it is. It never throws and writes nothing: what is damaged or cannot be taken is in
 * the diagnostics, and an archive that goes over a limit gives no files.
 *
 * @param name the archive's name, the beginning of its members'.
 * @param limits how much is unpacked; those that are left out are those of {@link ARCHIVE_LIMITS}.
 * @example
 * const { files } = await openArchive(bytes, 'bundle.tar.gz');
 * files[0].path // 'bundle.tar.gz!/ss.txt'
 */
export async function openArchive(
  bytes: Uint8Array,
  name: string,
  limits: Partial<ArchiveLimits> = {},
): Promise<OpenedArchive> {
  const opened: Opened = {
    limits: { ...ARCHIVE_LIMITS, ...limits },
    work: { bytes: 0, members: 0 },
    notes: new Notes(),
    files: [],
  };
  await open({ path: name, bytes }, 0, opened);
  return { files: opened.files, diagnostics: opened.notes.all(name) };
}

async function open(file: ArchiveFile, depth: number, opened: Opened): Promise<void> {
  const { path, bytes } = file;
  const { limits, notes, files } = opened;
  const format = archiveFormat(bytes.subarray(0, FORMAT_BYTES));
  const refuse = (expected: string, found: string): void =>
    notes.add({ path, severity: 'error', offset: 0, expected, found });
  if (format === null) {
    const other = otherFormat(bytes);
    if (bytes.length === 0 && PACKED_NAME.test(path)) refuse('a packed file', 'nothing');
    else if (other === null) files.push(file);
    else refuse('.tar, .zip, .gz, .xz or .zst', `${other}; unpack it first`);
    return;
  }
  if (depth > limits.nesting) {
    refuse(`archives at most ${limits.nesting} deep in one another`, 'one more; it was not opened');
    return;
  }
  const meter = makeMeter(limits, bytes.length, opened.work);
  try {
    const members = await readMembers(format, bytes, { path, meter, notes });
    // Only now: the members of one within it are no reason to keep this one's stream open.
    for (const member of members) await open(member, depth + 1, opened);
  } catch (error) {
    if (error instanceof Refusal) refuse(error.expected, `${error.found}; nothing of it was read`);
    // A host may hold less in one piece than the limits allow.
    else if (error instanceof RangeError) refuse('what fits in memory', error.message);
    else throw error;
  }
}
