import { type KernelPoint, readKernelPoint } from '../kernel-point.ts';

/** A kernel release as a machine names it. */
export interface Release {
  /** The word that `uname -r` prints. */
  readonly name: string;
  /** The version at its beginning: not always the upstream version, ask the vendor's reader. */
  readonly kernel: KernelPoint;
  /** What follows the version: `-91-generic`, `+deb13-cloud-amd64`, empty for kernel.org's own. */
  readonly suffix: string;
  /** What `uname -a` prints after the release; empty where only `uname -r` is known. */
  readonly build: string;
}

/** Longer texts are no release, and are not searched for one. */
const LONGEST = 1000;

/**
 * Reads `uname -r`, `uname -a`, /proc/version or Ubuntu's /proc/version_signature; null where the
 * text is none of them.
 *
 * @example
 * readRelease('Linux vm 6.1.0-47-amd64 #1 SMP Debian 6.1.170-3')?.name // '6.1.0-47-amd64'
 */
export function readRelease(text: string): Release | null {
  if (text.length > LONGEST) return null;
  const words = text.trim().split(/\s+/);
  // `Linux HOST RELEASE …` or `Linux version RELEASE …`.
  if (words[0] === 'Linux') return named(words[2] ?? '', words.slice(3).join(' '));
  // `Ubuntu 5.15.0-91.101-generic 5.15.131`.
  if (words[0] === 'Ubuntu') return named(words[1] ?? '', words.join(' '));
  return words.length === 1 ? named(words[0] ?? '', '') : null;
}

function named(name: string, build: string): Release | null {
  const read = readKernelPoint(name);
  // Four numbers and no more are an address.
  if (read === null || /^\.[\d.]*$/.test(read.rest)) return null;
  return { name, kernel: read.kernel, suffix: read.rest, build };
}
