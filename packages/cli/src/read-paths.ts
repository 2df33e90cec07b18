import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { CapturedFile } from '@tuplescope/incident';
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
  readonly files: CapturedFile[];
  readonly problems: string[];
}

/**
 * Reads files and folders, and standard input for `-`, each once. Links inside folders are not
 * followed, so that a dump cannot lead out of itself; one that is named is. A path that does not
 * exist is a mistake of usage; a file inside a folder that cannot be read is told and passed over.
 */
export async function readPaths(paths: readonly string[], stdin: Readable): Promise<ReadResult> {
  const result: ReadResult = { files: [], problems: [] };
  for (const path of new Set(paths)) {
    if (path === '-') result.files.push({ path: '-', bytes: await readAll(stdin) });
    else readPath(path, result);
  }
  const byPath = new Map(result.files.map((file) => [file.path, file]));
  return { files: [...byPath.values()], problems: result.problems };
}

function readPath(path: string, result: ReadResult): void {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  }
  if (isDirectory) readFolder(path.replace(/(?<=.)\/+$/, ''), result, 0);
  else if (!addFile(path, result)) throw new UsageError(result.problems.at(-1) as string);
}

function readFolder(folder: string, result: ReadResult, depth: number): void {
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
  members.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  for (const member of members) {
    const path = join(folder, member.name);
    if (member.isSymbolicLink()) result.problems.push(`${path} is a link and was passed over`);
    else if (member.isDirectory()) readFolder(path, result, depth + 1);
    else if (!member.isFile()) result.problems.push(`${path} is no regular file`);
    else if (result.files.length >= MAX_FILES) {
      result.problems.push(`more than ${MAX_FILES} files: the rest of ${folder} was passed over`);
      return;
    } else addFile(path, result);
  }
}

function addFile(path: string, { files, problems }: ReadResult): boolean {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES) {
      problems.push(
        `${path} has ${size} bytes, over the limit of ${MAX_FILE_BYTES} that analyze reads`,
      );
      return false;
    }
    files.push({ path, bytes: readFileSync(path) });
    return true;
  } catch (error) {
    problems.push(`cannot read ${path}: ${reasonOf(error)}`);
    return false;
  }
}

async function readAll(stdin: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
