import type { CommitName } from './commit.ts';

/**
 * The sysctls that decide what the model does, by the last part of their kernel names. Timeouts are
 * seconds. null: this kernel has no such sysctl.
 */
export interface Sysctls {
  /** 1: an ACK may begin an entry in the middle of a connection. */
  readonly nf_conntrack_tcp_loose: number;
  /** 1: no packet fails a window test; a RST below the highest ACK stays INVALID. */
  readonly nf_conntrack_tcp_be_liberal: number;
  /** 1: RSTs below the highest ACK are not INVALID. */
  readonly nf_conntrack_tcp_ignore_invalid_rst: number | null;
  /** Repetitions of an ACK after which the timeout falls to max_retrans. */
  readonly nf_conntrack_tcp_max_retrans: number;
  /** Protocol whose invalid packets are logged: 6 is TCP, 255 all, 0 none. */
  readonly nf_conntrack_log_invalid: number;
  /** 1: a bad checksum makes a packet INVALID at PREROUTING. */
  readonly nf_conntrack_checksum: number;
  readonly nf_conntrack_tcp_timeout_syn_sent: number;
  readonly nf_conntrack_tcp_timeout_syn_recv: number;
  readonly nf_conntrack_tcp_timeout_established: number;
  readonly nf_conntrack_tcp_timeout_fin_wait: number;
  readonly nf_conntrack_tcp_timeout_close_wait: number;
  readonly nf_conntrack_tcp_timeout_last_ack: number;
  readonly nf_conntrack_tcp_timeout_time_wait: number;
  readonly nf_conntrack_tcp_timeout_close: number;
  readonly nf_conntrack_tcp_timeout_max_retrans: number;
  readonly nf_conntrack_tcp_timeout_unacknowledged: number;
  /** Times that a SYN is sent again before connect() gives up. */
  readonly tcp_syn_retries: number;
  /** Of these, how many come 1 s apart before the pause doubles. */
  readonly tcp_syn_linear_timeouts: number | null;
  /** Challenge ACKs a second; 2147483647 is no limit. */
  readonly tcp_challenge_ack_limit: number;
  /** Milliseconds between two answers of one socket to invalid segments. */
  readonly tcp_invalid_ratelimit: number;
  /** First and last ephemeral port. */
  readonly ip_local_port_range: readonly [low: number, high: number];
  /** Random step between ephemeral ports, 0 is off. */
  readonly ip_local_port_step_width: number | null;
  /** 1: RSTs do not end TIME-WAIT. */
  readonly tcp_rfc1337: number;
  /** Seconds that an orphaned FIN-WAIT-2 lives. */
  readonly tcp_fin_timeout: number;
}

/**
 * Gives the sysctls of a new network namespace on a kernel with these commits.
 *
 * A pod's namespace starts from these constants and not from the host's values, so what kube-proxy
 * sets on the node does not reach it.
 *
 * @example
 * defaultSysctls([]).nf_conntrack_tcp_ignore_invalid_rst // null
 */
export function defaultSysctls(commits: readonly CommitName[]): Sysctls {
  const where = (name: CommitName, value: number): number | null =>
    commits.includes(name) ? value : null;
  return {
    nf_conntrack_tcp_loose: 1,
    nf_conntrack_tcp_be_liberal: 0,
    nf_conntrack_tcp_ignore_invalid_rst: where('ignore-rst-sysctl', 0),
    nf_conntrack_tcp_max_retrans: 3,
    nf_conntrack_log_invalid: 0,
    nf_conntrack_checksum: 1,
    nf_conntrack_tcp_timeout_syn_sent: 120,
    nf_conntrack_tcp_timeout_syn_recv: 60,
    nf_conntrack_tcp_timeout_established: 432_000,
    nf_conntrack_tcp_timeout_fin_wait: 120,
    nf_conntrack_tcp_timeout_close_wait: 60,
    nf_conntrack_tcp_timeout_last_ack: 30,
    nf_conntrack_tcp_timeout_time_wait: 120,
    nf_conntrack_tcp_timeout_close: 10,
    nf_conntrack_tcp_timeout_max_retrans: 300,
    nf_conntrack_tcp_timeout_unacknowledged: 300,
    tcp_syn_retries: 6,
    tcp_syn_linear_timeouts: where('linear-syn-timeouts', 4),
    tcp_challenge_ack_limit: where('challenge-limit-off', 2_147_483_647) ?? 1000,
    tcp_invalid_ratelimit: 500,
    ip_local_port_range: [32_768, 60_999],
    ip_local_port_step_width: where('port-step-width', 0),
    tcp_rfc1337: 0,
    tcp_fin_timeout: 60,
  };
}
