/** One kernel version, placed on its release line. */
export interface KernelPoint {
  /** The line it was released on: `5.15` for stable 5.15.y, `el8` for Red Hat's 4.18.0-N.el8. */
  readonly line: string;
  /** The place on the line: 135 for 5.15.135, 0 for 5.15 itself, N for 4.18.0-N.el8. */
  readonly point: number;
  /** First number of the mainline version that the line began from. */
  readonly major: number;
  /** Second number of that version. */
  readonly minor: number;
  /** 5 for -rc5; null for a release. */
  readonly candidate: number | null;
}

// Stable kernels have candidates too (6.1.9-rc1), but these follow 6.1 itself: only 6.1-rcN counts.
const VERSION = /^(\d{1,2})\.(\d{1,3})(?:(?:\.0)?-rc(\d{1,2})(?!\d)|\.(\d{1,4}))?(?!\d)/;
const EL8 = /^4\.18\.0-(\d{1,4})(?=[.\s]|$)(?:\.\d+)*\.el8(?!uek)/;

/** A version read from the start of a text, and what follows it. */
export interface ReadKernel {
  readonly kernel: KernelPoint;
  readonly rest: string;
}

/**
 * Reads the version that a text begins with: `5.3`, `5.14.2-anything`, `5.17-rc5`,
 * `4.18.0-394.el8.x86_64`; null where it begins with none.
 *
 * @example
 * readKernelPoint('5.15.135-x')?.kernel.point // 135
 */
export function readKernelPoint(text: string): ReadKernel | null {
  const version = VERSION.exec(text);
  if (version === null) return null;
  const [whole, major, minor, candidate, patch] = version;
  const el8 = EL8.exec(text);
  const numbers = { major: Number(major), minor: Number(minor) };
  if (el8 !== null) {
    const kernel = { ...numbers, line: 'el8', point: Number(el8[1]), candidate: null };
    return { kernel, rest: text.slice(el8[0].length) };
  }
  const kernel = {
    ...numbers,
    line: `${numbers.major}.${numbers.minor}`,
    point: Number(patch ?? 0),
    candidate: candidate === undefined ? null : Number(candidate),
  };
  return { kernel, rest: text.slice(whole.length) };
}

/** Reads a version that must be the whole text; throws where it is not one: for texts of our own. */
export function kernelPoint(text: string): KernelPoint {
  const read = readKernelPoint(text);
  if (read === null || read.rest !== '') throw new Error(`not a kernel version: ${text}`);
  return read.kernel;
}

/**
 * Writes a version as kernel.org and Red Hat do.
 *
 * @example
 * formatKernelPoint(kernelPoint('5.17.0-rc5')) // '5.17-rc5'
 */
export function formatKernelPoint({ line, point, candidate }: KernelPoint): string {
  if (line === 'el8') return `4.18.0-${point}.el8`;
  return candidate === null ? `${line}.${point}` : `${line}-rc${candidate}`;
}

/** Orders two versions by the mainline version that they began from; negative: `a` is older. */
export function compareMainline(a: KernelPoint, b: KernelPoint): number {
  return a.major - b.major || a.minor - b.minor || candidateRank(a) - candidateRank(b);
}

/** A release comes after all its candidates. */
function candidateRank({ candidate }: KernelPoint): number {
  return candidate ?? Number.MAX_SAFE_INTEGER;
}
