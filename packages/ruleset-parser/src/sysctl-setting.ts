import type { SourceSpan } from '@tuplescope/scan';

/** One kernel setting. */
export interface SysctlSetting {
  /** Its name with dots, as sysctl(8) prints it: `net.ipv4.ip_local_port_range`. */
  readonly key: string;
  /** Its value as it stands: text, for some settings several numbers with a tab or blank between. */
  readonly value: string;
  /** Where it stands. */
  readonly source: SourceSpan;
}
