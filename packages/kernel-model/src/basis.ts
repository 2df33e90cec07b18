/**
 * How a claim is known, the surest first.
 *
 * - `recorded`: seen on this very kernel, booted.
 * - `read-in-source`: read in the source tree of this version, and run outside the kernel.
 * - `vendor-patch`: a vendor's patch file or changelog names it.
 * - `assumed`: follows from neighbours, dates or habit; nobody looked.
 */
export type Basis = 'recorded' | 'read-in-source' | 'vendor-patch' | 'assumed';

/** One statement about a kernel, and how it is known. */
export interface Claim {
  /** The statement, a sentence. */
  readonly says: string;
  readonly basis: Basis;
}
