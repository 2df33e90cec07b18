import type { Sysctls } from '../sysctls.ts';

/** Where the timeout of max_retrans stands among those of the states. */
export const RETRANS = 12;
/** Where the timeout of unacknowledged data stands. */
export const UNACK = 13;

/** A TCP entry in SYN_SENT2 lives 120 s; no sysctl sets it. */
const SYN_SENT2_TIMEOUT = 120;

/** The sysctls as the inner loop reads them. */
export interface Limits {
  /** Seconds, by the number of the state, with RETRANS and UNACK. */
  readonly timeouts: readonly number[];
  readonly maxRetrans: number;
  readonly loose: boolean;
  readonly beLiberal: boolean;
  readonly ignoreInvalidRst: boolean;
  readonly checksum: boolean;
  /** nf_conntrack_log_invalid is 6 (TCP) or 255 (all). */
  readonly logInvalid: boolean;
}

/** Compiles sysctls once, so that no packet looks a name up. */
export function limitsOf(sysctls: Sysctls): Limits {
  const log = sysctls.nf_conntrack_log_invalid;
  return {
    timeouts: [
      0,
      sysctls.nf_conntrack_tcp_timeout_syn_sent,
      sysctls.nf_conntrack_tcp_timeout_syn_recv,
      sysctls.nf_conntrack_tcp_timeout_established,
      sysctls.nf_conntrack_tcp_timeout_fin_wait,
      sysctls.nf_conntrack_tcp_timeout_close_wait,
      sysctls.nf_conntrack_tcp_timeout_last_ack,
      sysctls.nf_conntrack_tcp_timeout_time_wait,
      sysctls.nf_conntrack_tcp_timeout_close,
      SYN_SENT2_TIMEOUT,
      0,
      0,
      sysctls.nf_conntrack_tcp_timeout_max_retrans,
      sysctls.nf_conntrack_tcp_timeout_unacknowledged,
    ],
    maxRetrans: sysctls.nf_conntrack_tcp_max_retrans,
    loose: sysctls.nf_conntrack_tcp_loose !== 0,
    beLiberal: sysctls.nf_conntrack_tcp_be_liberal !== 0,
    ignoreInvalidRst: (sysctls.nf_conntrack_tcp_ignore_invalid_rst ?? 0) !== 0,
    checksum: sysctls.nf_conntrack_checksum !== 0,
    logInvalid: log === 6 || log === 255,
  };
}
