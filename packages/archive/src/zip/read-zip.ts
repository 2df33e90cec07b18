import { excerpt } from '@tuplescope/scan';
import type { ArchiveFile } from '../archive-file.ts';
import { concatBytes } from '../byte-reader.ts';
import { crc32 } from '../crc32.ts';
import { Refusal } from '../damage.ts';
import { type Inflater, makeInflater } from '../inflate.ts';
import { memberName } from '../member-name.ts';
import type { Opening } from '../opening.ts';
import { findDirectory, readDirectory, type ZipDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-entry.ts';
import { findLocalHeader, readLocalHeader } from './zip-local.ts';

/** Ways of packing (APPNOTE 4.4.5). */
const STORED = 0;
const DEFLATED = 8;

/** A .zip while it is read. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly opening: Opening;
  readonly inflater: Inflater;
  /** Where the members are that were read already. */
  readonly seen: Set<number>;
}

/**
 * Reads the files of a .zip by its directory; where that is cut off or damaged, by the headers that
 * the members have of their own. A member that is damaged costs itself alone.
 */
export function* readZip(bytes: Uint8Array, opening: Opening): Generator<ArchiveFile> {
  const reading = { bytes, opening, inflater: makeInflater('raw'), seen: new Set<number>() };
  const directory = findDirectory(bytes);
  if (directory !== null && (yield* readBy(directory, reading))) return;
  opening.notes.add({
    path: opening.path,
    severity: 'warning',
    offset: directory?.start ?? bytes.length,
    expected: 'the directory at the end of the .zip',
    found: "none that is whole; the members' own headers were read",
  });
  yield* readWithout(reading);
}

/** Gives whether the directory was read to its end. */
function* readBy(directory: ZipDirectory, reading: Reading): Generator<ArchiveFile, boolean> {
  const { bytes, opening, seen } = reading;
  let packed = 0;
  for (const entry of readDirectory(bytes, directory)) {
    if (entry === null) return false;
    opening.meter.member();
    seen.add(entry.offset);
    packed += entry.packed ?? 0;
    if (packed > bytes.length) throw new Refusal('members that lie apart', 'some that overlap');
    const path = pathOf(entry, opening);
    if (path === null) continue;
    const data = readLocalHeader(bytes, entry.offset)?.data;
    if (data === undefined) {
      const found = excerpt(bytes, entry.offset, Math.min(entry.offset + 4, bytes.length));
      tell(opening, path, entry, 'the header of a member', found);
      continue;
    }
    const end = data + (entry.packed ?? 0);
    const { content } = unpack(entry, path, bytes.subarray(data, end), reading);
    if (content !== null) yield { path, bytes: content };
  }
  return true;
}

/** Goes from header to header: where a size is not known the packed data has its own end. */
function* readWithout(reading: Reading): Generator<ArchiveFile> {
  const { bytes, opening, seen } = reading;
  for (let at = findLocalHeader(bytes, 0); at >= 0; ) {
    const header = readLocalHeader(bytes, at);
    if (header === null) return;
    const { entry, data } = header;
    let next = data;
    if (!seen.has(at)) {
      opening.meter.member();
      const path = pathOf(entry, opening);
      if (path !== null) {
        const end = entry.packed === null ? bytes.length : data + entry.packed;
        const { content, used } = unpack(entry, path, bytes.subarray(data, end), reading);
        if (content !== null) yield { path, bytes: content };
        next = data + used;
      }
    }
    at = findLocalHeader(bytes, next);
  }
}

/** The path of a member that is taken; null for a folder, and for one that is passed over and noted. */
function pathOf(entry: ZipEntry, { path, notes }: Opening): string | null {
  if (entry.name.endsWith('/')) return null;
  const pass = (severity: 'error' | 'warning' | 'hint', what: string): null => {
    notes.pass(severity, path, what, entry.name, entry.offset);
    return null;
  };
  if (entry.isLink) return pass('hint', 'symbolic links');
  const checked = memberName(entry.name);
  if ('why' in checked) return pass('warning', checked.why);
  if (entry.isEncrypted) return pass('error', 'encrypted files');
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    return pass('error', `files packed by method ${entry.method}`);
  }
  if (entry.method === STORED && entry.packed === null) {
    return pass('error', 'files whose size is not known');
  }
  return `${path}!/${checked.name}`;
}

/** What a member's packed bytes gave. */
interface Unpacked {
  /** The content, or null where it is wrong. */
  readonly content: Uint8Array | null;
  /** How many of the packed bytes it took. */
  readonly used: number;
}

/** The beginning of a member that is cut is given; one that is wrong is not. */
function unpack(entry: ZipEntry, path: string, packed: Uint8Array, reading: Reading): Unpacked {
  const { opening } = reading;
  const isStored = entry.method === STORED;
  const { content, used, isWhole, fault } = isStored
    ? asIs(packed, entry.packed ?? 0)
    : inflateWhole(packed, reading);
  if (fault !== null) {
    tell(opening, path, entry, 'deflate that can be unpacked', fault);
    return { content: null, used };
  }
  if (!isWhole) {
    const found = `its end after ${content.length}; what is there is kept`;
    tell(opening, path, entry, `${entry.size ?? 'more'} bytes`, found);
    return { content: content.length > 0 ? content : null, used };
  }
  if (entry.size !== null && entry.size !== content.length) {
    tell(opening, path, entry, `${entry.size} bytes`, `${content.length}`);
    return { content: null, used };
  }
  if (entry.crc !== null && entry.crc !== crc32(content)) {
    tell(opening, path, entry, 'content that fits its checksum', 'other content');
    return { content: null, used };
  }
  return { content, used };
}

interface Inflated extends Unpacked {
  readonly content: Uint8Array;
  readonly isWhole: boolean;
  /** What is wrong with the packed bytes. */
  readonly fault: string | null;
}

/** Where a size goes beyond the end it may be the size that is wrong: the search goes on from here. */
function asIs(packed: Uint8Array, size: number): Inflated {
  const isWhole = packed.length >= size;
  return { content: packed, used: isWhole ? packed.length : 0, isWhole, fault: null };
}

function inflateWhole(packed: Uint8Array, { inflater, opening }: Reading): Inflated {
  inflater.restart();
  const pieces: Uint8Array[] = [];
  let fault: string | null = null;
  try {
    for (const piece of inflater.push(packed)) {
      opening.meter.bytes(piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    fault = error instanceof Error ? error.message : String(error);
  }
  const used = packed.length - inflater.unused();
  return { content: concatBytes(pieces), used, isWhole: inflater.isDone(), fault };
}

function tell(
  { notes }: Opening,
  path: string,
  { offset }: ZipEntry,
  expected: string,
  found: string,
): void {
  notes.add({ path, severity: 'error', offset, expected, found });
}
