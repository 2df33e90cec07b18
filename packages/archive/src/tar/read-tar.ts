import { excerpt, visible } from '@tuplescope/scan';
import type { ArchiveFile } from '../archive-file.ts';
import type { ByteReader } from '../byte-reader.ts';
import { memberName } from '../member-name.ts';
import type { Opening } from '../opening.ts';
import { type PaxRecords, readPaxRecords } from './pax-records.ts';
import { BLOCK_BYTES, readTarHeader, type TarHeader, textAt } from './tar-header.ts';

/** Bytes of an extended header or a long name; a longer one is passed over, and its member too. */
const MAX_EXTRA_BYTES = 1 << 20;

/** Kinds of members that are no files, as plurals, by their type. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  1: 'hard links',
  2: 'symbolic links',
  3: 'devices',
  4: 'devices',
  6: 'named pipes',
};

/** Types behind whose header no bytes follow, whatever size it gives. */
const WITHOUT_BYTES = '123456';

/** What headers before a member's own say of it. */
interface Extra {
  name: string | null;
  pax: PaxRecords;
  /** Something of it could not be read, so that the member's name or size is not known. */
  isWrong: boolean;
}

/**
 * Reads the files of a .tar: ustar, pax and GNU. Where a header is damaged it goes on at the next that
 * is right, so that a member costs itself alone; the beginning of one that is cut is given.
 */
export async function* readTar(reader: ByteReader, opening: Opening): AsyncGenerator<ArchiveFile> {
  let extra = noExtra();
  let hasEnd = false;
  let blanks = 0;
  for (;;) {
    const offset = reader.offset;
    const block = await reader.take(BLOCK_BYTES);
    if (block.length === 0) break;
    if (isBlank(block)) {
      if (++blanks < 2) continue;
      hasEnd = true;
      break;
    }
    blanks = 0;
    const header = readTarHeader(block);
    if (header === null) {
      await findHeader(reader, opening, offset, block);
      extra = noExtra();
      continue;
    }
    if ('xgLK'.includes(header.type)) {
      await readExtra(reader, header, extra);
      continue;
    }
    opening.meter.member();
    const file = await readMember(reader, header, extra, offset, opening);
    if (file !== null) yield file;
    extra = noExtra();
  }
  if (!hasEnd) {
    opening.notes.add({
      path: opening.path,
      severity: 'warning',
      offset: reader.offset,
      expected: 'two blocks of zeros at the end of the .tar',
      found: 'its end',
    });
  }
  // What packs it has its checksum at the very end.
  await reader.skip(Number.POSITIVE_INFINITY);
}

function noExtra(): Extra {
  return { name: null, pax: {}, isWrong: false };
}

/** Takes what a header before the member's own says, or notes that it could not be read. */
async function readExtra(reader: ByteReader, header: TarHeader, extra: Extra): Promise<void> {
  const { size, type } = header;
  if (size > MAX_EXTRA_BYTES) {
    await skipPadded(reader, size, size);
    extra.isWrong ||= type === 'x' || type === 'L';
    return;
  }
  const bytes = await reader.take(size);
  await skipPadded(reader, size, size - bytes.length);
  if (type === 'L') extra.name = textAt(bytes, 0, bytes.length);
  if (type !== 'x') return;
  const pax = readPaxRecords(bytes);
  if (pax === null) extra.isWrong = true;
  else extra.pax = { ...extra.pax, ...pax };
}

async function readMember(
  reader: ByteReader,
  header: TarHeader,
  { name, pax, isWrong }: Extra,
  offset: number,
  { path, notes }: Opening,
): Promise<ArchiveFile | null> {
  const { type } = header;
  const size = WITHOUT_BYTES.includes(type) ? 0 : (pax.size ?? header.size);
  const raw = pax.path ?? name ?? header.name;
  const pass = async (severity: 'error' | 'warning' | 'hint', what: string): Promise<null> => {
    notes.pass(severity, path, what, raw, offset);
    if (type === 'S' && header.hasMore) await skipHoles(reader);
    await skipPadded(reader, size, size);
    return null;
  };
  if (type === '5' || (type === '0' && raw.endsWith('/'))) {
    await skipPadded(reader, size, size);
    return null;
  }
  if (isWrong) return pass('error', 'members with an extended header that cannot be read');
  if (type === 'S' || pax.isSparse) return pass('error', 'sparse files');
  if (type !== '0' && type !== '7') {
    const what = OTHER_KINDS[type];
    return what === undefined
      ? pass('warning', `members of type "${visible(type)}"`)
      : pass('hint', what);
  }
  const checked = memberName(raw);
  if ('why' in checked) return pass('warning', checked.why);
  const member = `${path}!/${checked.name}`;
  const bytes = await reader.take(size);
  if (bytes.length < size) {
    const found = `its end after ${bytes.length}; what is there is kept`;
    notes.add({ path: member, severity: 'error', offset, expected: `${size} bytes`, found });
  }
  await skipPadded(reader, size, 0);
  return size > 0 && bytes.length === 0 ? null : { path: member, bytes };
}

/** Goes to the next block that is a header, and says what was passed over; blanks are not the end here. */
async function findHeader(
  reader: ByteReader,
  { path, notes }: Opening,
  offset: number,
  damaged: Uint8Array,
): Promise<void> {
  for (;;) {
    const block = await reader.peek(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES || readTarHeader(block) !== null) break;
    await reader.skip(BLOCK_BYTES);
  }
  const found = `${excerpt(damaged, 0, 20)}; ${reader.offset - offset} bytes were passed over`;
  notes.add({ path, severity: 'error', offset, expected: 'the header of a member', found });
}

/** The old GNU form gives the holes of a sparse file in blocks of their own. */
async function skipHoles(reader: ByteReader): Promise<void> {
  for (;;) {
    const block = await reader.take(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES || block[504] === 0) return;
  }
}

/** Passes over what is left of a member, and what fills its last block. */
async function skipPadded(reader: ByteReader, size: number, left: number): Promise<void> {
  await reader.skip(left + ((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES));
}

function isBlank(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}
