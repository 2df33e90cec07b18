import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { openArchive } from '@tuplescope/archive';
import type { CapturedFile } from '@tuplescope/incident';
import { compareNames, comparePaths } from './path-order.ts';
import { reasonOf } from './reason-of.ts';
import { UsageError } from './usage-error.ts';

/** A larger file is not read into memory; `parse` streams it. */
export const MAX_FILE_BYTES: number = 2 ** 31 - 1;

/** A folder deeper than this is no incident. */
const MAX_DEPTH = 32;

/** More files than this are no incident either. */
const MAX_FILES = 100_000;

/** What was read, and what could not be. */
export interface ReadResult {
  /** The files, those of archives among them, each named as a report names it. */
  readonly files: CapturedFile[];
  /** The files on the disk that were read: no output may be one of them. */
  readonly opened: string[];
  /** What was passed over or cut, a line each. */
  readonly problems: string[];
}

/**
 * Reads files and folders, and standard input for `-`, each once; archives and packed files are opened
 * wherever they are. Links inside folders are not followed, so that a dump cannot lead out of itself;
 * one that is named is. A path that does not exist is a mistake of usage; a file inside a folder that
 * cannot be read is told and passed over.
 */
export async function readPaths(paths: readonly string[], stdin: Readable): Promise<ReadResult> {
  const result: ReadResult = { files: [], opened: [], problems: [] };
  for (const path of new Set(paths)) {
    if (path === '-') await addBytes('-', await readAll(stdin), result);
    else await readPath(path, result);
  }
  const byPath = new Map(result.files.map((file) => [file.path, file]));
  return { ...result, files: [...byPath.values()] };
}

async function readPath(path: string, result: ReadResult): Promise<void> {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  }
  if (isDirectory) await readFolder(path.replace(/(?<=.)\/+$/, ''), result, 0);
  else if (!(await addFile(path, result))) throw new UsageError(result.problems.at(-1) as string);
}

async function readFolder(folder: string, result: ReadResult, depth: number): Promise<void> {
  if (depth > MAX_DEPTH) {
    result.problems.push(`${folder} is over ${MAX_DEPTH} folders deep and was passed over`);
    return;
  }
  let members: Dirent[];
  try {
    members = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    result.problems.push(`cannot read ${folder}: ${reasonOf(error)}`);
    return;
  }
  members.sort((a, b) => compareNames(a.name, b.name));
  for (const member of members) {
    const path = join(folder, member.name);
    if (member.isSymbolicLink()) result.problems.push(`${path} is a link and was passed over`);
    else if (member.isDirectory()) await readFolder(path, result, depth + 1);
    else if (!member.isFile()) result.problems.push(`${path} is no regular file`);
    else if (result.files.length >= MAX_FILES) {
      result.problems.push(`more than ${MAX_FILES} files: the rest of ${folder} was passed over`);
      return;
    } else await addFile(path, result);
  }
}

async function addFile(path: string, result: ReadResult): Promise<boolean> {
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES) {
      result.problems.push(
        `${path} has ${size} bytes, over the limit of ${MAX_FILE_BYTES} that analyze reads`,
      );
      return false;
    }
    bytes = readFileSync(path);
  } catch (error) {
    result.problems.push(`cannot read ${path}: ${reasonOf(error)}`);
    return false;
  }
  result.opened.push(path);
  await addBytes(path, bytes, result);
  return true;
}

/**
 * Adds a file as it is, or what an archive holds, with what was wrong with that. An archive has its
 * members in any order; the order of their names is that of the same files in a folder.
 */
async function addBytes(path: string, bytes: Uint8Array, result: ReadResult): Promise<void> {
  const { files, diagnostics } = await openArchive(bytes, path);
  const sorted = [...files].sort((a, b) => comparePaths(a.path, b.path));
  for (const file of sorted) result.files.push(file);
  for (const { path: place, message } of diagnostics) result.problems.push(`${place}: ${message}`);
}

async function readAll(stdin: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
