import { decodeText, type SourceSpan, toBytes } from '@tuplescope/scan';

/** Such a line stands near the top of what it stands in. */
const MAX_BYTES = 8192;

/** `Kernel Version: 5.15.0-91-generic` (kubectl), `Kernel: Linux 5.14.0` (hostnamectl). */
const KERNEL_LINE = /^[ \t]*Kernel(?: Version)?:[ \t]+(?:Linux )?(\d+\.\d+[\w.+~-]*)[ \t]*\r?$/m;

/** A kernel release with its place. */
export interface KernelLine {
  readonly release: string;
  readonly source: SourceSpan;
}

/**
 * Finds the kernel's release in what `kubectl describe node` or `hostnamectl` printed, or what a
 * person noted in that form, or gives null.
 *
 * @example
 * readKernelLine(toBytes('Kernel Version: 5.15.0-91-generic\n'))?.release // '5.15.0-91-generic'
 */
export function readKernelLine(bytes: Uint8Array): KernelLine | null {
  const text = decodeText(bytes, 0, Math.min(bytes.length, MAX_BYTES));
  const match = KERNEL_LINE.exec(text);
  const release = match?.[1];
  if (match === null || release === undefined) return null;
  // Offsets count bytes; what stands before the line may hold longer characters.
  const before = text.slice(0, match.index);
  const start = toBytes(before).length;
  const end = start + toBytes(match[0].trimEnd()).length;
  return { release, source: { line: before.split('\n').length, start, end } };
}
