import type { Sysctls } from './sysctls.ts';
import { TrackerError } from './tracker-error.ts';

/** The kernel keeps a timeout in timer interrupts, of which an int counts this many seconds at 100 Hz. */
const LONGEST_TIMEOUT = 21_474_836;

const RANGES: Readonly<Partial<Record<keyof Sysctls, number>>> = {
  nf_conntrack_tcp_loose: 1,
  nf_conntrack_tcp_be_liberal: 1,
  nf_conntrack_tcp_ignore_invalid_rst: 1,
  nf_conntrack_tcp_max_retrans: 255,
  nf_conntrack_log_invalid: 255,
  nf_conntrack_checksum: 1,
  tcp_syn_retries: 127,
  tcp_syn_linear_timeouts: 255,
  tcp_challenge_ack_limit: 2_147_483_647,
  tcp_invalid_ratelimit: 2_147_483_647,
  tcp_rfc1337: 255,
  ip_local_port_step_width: 65_535,
};

/**
 * Puts sysctls over those that a kernel starts with. null, and a key left out, leave the kernel's.
 *
 * @throws {TrackerError} `bad-sysctl` for a name that this kernel does not have, and for a value out
 * of its range.
 */
export function overrideSysctls(
  defaults: Sysctls,
  overrides: Readonly<Partial<Sysctls>> = {},
): Sysctls {
  const sysctls: Record<string, unknown> = { ...defaults };
  for (const [name, value] of Object.entries(overrides)) {
    if (value === null || value === undefined) continue;
    if (!Object.hasOwn(defaults, name)) {
      const known = Object.keys(defaults).join(', ');
      throw new TrackerError('bad-sysctl', name, value, `one of the sysctls ${known}`);
    }
    if (defaults[name as keyof Sysctls] === null) {
      throw new TrackerError('bad-sysctl', name, value, 'no value, since this kernel lacks it');
    }
    checkRange(name as keyof Sysctls, value);
    sysctls[name] = value;
  }
  return sysctls as unknown as Sysctls;
}

function checkRange(name: keyof Sysctls, value: unknown): void {
  const isTimeout = name.startsWith('nf_conntrack_tcp_timeout_');
  const most = isTimeout ? LONGEST_TIMEOUT : RANGES[name];
  if (most === undefined) return;
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) return;
  throw new TrackerError('bad-sysctl', name, value, `an integer from 0 to ${most}`);
}
