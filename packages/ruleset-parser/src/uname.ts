import type { SourceSpan } from '@tuplescope/scan';

/** What a kernel says of itself. */
export interface Uname {
  /** The release, as `uname -r` prints it: `6.1.0-56-cloud-amd64`. */
  readonly release: string;
  /** The build, as `uname -v` prints it: `#1 SMP … Debian 6.1.192-2 (2026-11-16)`; null where the text has the release alone. */
  readonly version: string | null;
  /** The hardware, as `uname -m` prints it: `x86_64`; null where the text does not say. */
  readonly machine: string | null;
  /** The host's name; null where the text does not say. */
  readonly hostname: string | null;
  /** Who built the kernel, as far as release and build tell: `Debian 6.1.192-2`, `Ubuntu`, `Red Hat Enterprise Linux 9 or a rebuild`; null where they do not. A hint, no proof. */
  readonly distribution: string | null;
  /** Where it stands. */
  readonly source: SourceSpan;
}
