import type { Basis } from './basis.ts';
import {
  compareMainline,
  formatKernelPoint,
  type KernelPoint,
  kernelPoint,
} from './kernel-point.ts';

/** Who built a kernel: the vendor whose patches may be in it. */
export type Builder = 'mainline' | 'debian' | 'red-hat' | 'other';

/** A kernel whose behaviour somebody established. */
export interface KnownKernel {
  readonly kernel: KernelPoint;
  readonly builder: Builder;
  readonly basis: Basis;
}

/** Booted, fed with thousands of packet sequences, every verdict written down. */
const RECORDED = [
  ['mainline', '4.19.79 5.4.59 5.12.9 5.14.2 5.15.135 5.19.0 6.2.1 6.16.3 6.17.8 7.2.13'],
  ['debian', '5.10.218 5.10.262 6.1.170 6.1.192 6.12.43 6.12.117 6.18.5 7.3.4'],
  ['other', '6.18.44'],
] as const;

/** The tracker's source read, compiled outside the kernel and run. */
const READ = [
  ['mainline', '4.19.222 5.0.1 5.3 5.4.286 5.9.2 5.10.198 5.11.4 5.15.24 5.15.167 5.17-rc5'],
  ['mainline', '6.0.1 6.1.10 6.3.8 6.6.9 6.8.1 6.12.0 6.19 7.0.0 7.1.5'],
  ['red-hat', '4.18.0-147.el8 4.18.0-240.el8 4.18.0-394.el8 4.18.0-408.el8'],
] as const;

const OLDEST = kernelPoint('4.19');
const NEWEST = kernelPoint('7.3');

/** Every kernel whose tracker was recorded or read. */
export const KNOWN_KERNELS: readonly KnownKernel[] = [
  ...RECORDED.flatMap((row) => list(row, 'recorded')),
  ...READ.flatMap((row) => list(row, 'read-in-source')),
];

/** Finds this very kernel among the known ones: of one builder, or of any where none is named. */
export function knownKernel(kernel: KernelPoint, builder?: Builder): KnownKernel | null {
  const name = formatKernelPoint(kernel);
  const same = (known: KnownKernel): boolean =>
    (builder === undefined || known.builder === builder) &&
    formatKernelPoint(known.kernel) === name;
  return KNOWN_KERNELS.find(same) ?? null;
}

/** Gives the known kernels of a line next to a kernel: the last before it, the first after it. */
export function neighboursOf(
  kernel: KernelPoint,
): readonly [before: KnownKernel | null, after: KnownKernel | null] {
  const line = KNOWN_KERNELS.filter((known) => known.kernel.line === kernel.line);
  const byPoint = line.toSorted((a, b) => a.kernel.point - b.kernel.point);
  const before = byPoint.findLast((known) => known.kernel.point < kernel.point) ?? null;
  const after = byPoint.find((known) => known.kernel.point > kernel.point) ?? null;
  return [before, after];
}

/** Says whether a kernel is of a mainline version older or newer than all that were recorded or read. */
export function isBeyondKnown(kernel: KernelPoint): boolean {
  if (kernel.line === 'el8') return false;
  const before = compareMainline(kernel, OLDEST) < 0;
  return before || compareMainline(kernel, NEWEST) > 0;
}

function list(
  [builder, versions]: readonly [Builder, string],
  basis: Basis,
): readonly KnownKernel[] {
  return versions.split(' ').map((text) => ({ kernel: kernelPoint(text), builder, basis }));
}
