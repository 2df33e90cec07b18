import {
  decodeText,
  LineScanner,
  type SourceSpan,
  skipBlanks,
  toBytes,
  trimEnd,
} from '@tuplescope/scan';
import { distributionOf } from './distribution.ts';
import type { Uname } from './uname.ts';

/** Longer lines are no output of uname: each of its six fields has at most 64 bytes. */
const MAX_BYTES = 1024;

/** A release, strict enough that no address and no count is one: `6.1.0-56-cloud-amd64`, `5.14.2`. */
const RELEASE = /^[2-9]\.\d{1,3}(?:\.\d{1,5})?(?:[-.+~_][\w.+~-]{0,64})?$/;

/** Words that `uname -a` prints for a processor or platform that it does not know. */
const UNKNOWN = 'unknown';

/**
 * Reads `uname -a`, `uname -r` or /proc/version, which the kernel's log begins with too, and gives
 * what the first line of that kind says, or null where no line is one.
 *
 * @example
 * parseUname('Linux vm 6.1.0-56-cloud-amd64 #1 SMP Debian 6.1.192-2 (2026-11-16) x86_64 GNU/Linux')
 * // release '6.1.0-56-cloud-amd64', machine 'x86_64', hostname 'vm', distribution 'Debian 6.1.192-2'
 */
export function parseUname(input: string | Uint8Array): Uname | null {
  const bytes = toBytes(input);
  const lines = new LineScanner(bytes);
  while (lines.next()) {
    const start = skipBlanks(bytes, lines.start, lines.end);
    const end = trimEnd(bytes, start, lines.end);
    if (end - start > MAX_BYTES) continue;
    const source = { line: lines.line, start, end };
    const uname = readUnameLine(decodeText(bytes, start, end), source);
    if (uname !== null) return uname;
  }
  return null;
}

/** Reads one line of any of the three forms. */
export function readUnameLine(text: string, source: SourceSpan): Uname | null {
  if (text.startsWith('Linux version ')) return readProcVersion(text, source);
  if (text.startsWith('Linux ')) return readUnameAll(text, source);
  const logged = text.indexOf('] Linux version ');
  const kernel = text.indexOf(' kernel: Linux version ');
  if (logged >= 0 && logged < 80) return readProcVersion(text.slice(logged + 2), source);
  if (kernel >= 0 && kernel < 120) return readProcVersion(text.slice(kernel + 9), source);
  if (!RELEASE.test(text)) return null;
  return { ...EMPTY, release: text, distribution: distributionOf(text, null), source };
}

const EMPTY = { version: null, machine: null, hostname: null, distribution: null } as const;

/** `Linux version 5.19.0 (builder@localhost) (gcc …) #1 SMP …` */
function readProcVersion(text: string, source: SourceSpan): Uname | null {
  const release = text.split(' ', 3)[2] ?? '';
  if (!RELEASE.test(release)) return null;
  const build = text.lastIndexOf(' #');
  const version = build < 0 ? null : text.slice(build + 1);
  return { ...EMPTY, release, version, distribution: distributionOf(release, version), source };
}

/** `Linux HOST RELEASE #BUILD … MACHINE [PROCESSOR PLATFORM] GNU/Linux` */
function readUnameAll(text: string, source: SourceSpan): Uname | null {
  const words = text.split(/\s+/);
  const releaseAt = RELEASE.test(words[2] ?? '') ? 2 : 1;
  const release = words[releaseAt] ?? '';
  if (!RELEASE.test(release)) return null;
  const hostname = releaseAt === 2 ? (words[1] as string) : null;
  const hasSystem = words.at(-1) === 'GNU/Linux' || words.at(-1) === 'Linux';
  let end = hasSystem ? words.length - 1 : words.length;
  while (end > releaseAt + 1 && words[end - 1] === UNKNOWN) end--;
  const machine = hasSystem && end > releaseAt + 1 ? (words[--end] as string) : null;
  // Red Hat prints machine, processor and platform, the same word three times.
  while (machine !== null && end > releaseAt + 1 && words[end - 1] === machine) end--;
  const build = words.slice(releaseAt + 1, end).join(' ');
  const version = build === '' ? null : build;
  const distribution = distributionOf(release, version);
  return { release, version, machine, hostname, distribution, source };
}
