import type { Sysctls } from '../sysctls.ts';

/** Interrupts a second of the kernels that distributions build; a jiffy is 4 ms. */
const JIFFIES_A_SECOND = 250;

/** After an unacceptable ACK the SYN goes again after 2 jiffies (early-syn-resend), in seconds. */
export const EARLY_RESEND: number = 2 / JIFFIES_A_SECOND;

/** The first timeout of a SYN in seconds (RFC 6298 section 2.1). */
export const FIRST_TIMEOUT = 1;

/** No timer waits longer, in seconds (TCP_RTO_MAX). */
const LONGEST_TIMEOUT = 120;

/** Whether a SYN that was sent again this often is given up when its timer fires. */
export function isGivenUp(sysctls: Sysctls, retransmits: number): boolean {
  return retransmits >= sysctls.tcp_syn_retries + (sysctls.tcp_syn_linear_timeouts ?? 0);
}

/**
 * Gives how long the kernel waits after it has sent a SYN again, in seconds.
 *
 * The pause doubles each time; where tcp_syn_linear_timeouts exists (linear-syn-timeouts), only after
 * that many.
 *
 * @param retransmits how often it was sent again, this time included; 0 for the first SYN.
 */
export function synTimeout(sysctls: Sysctls, retransmits: number): number {
  const doublings = Math.max(0, retransmits - (sysctls.tcp_syn_linear_timeouts ?? 0));
  return Math.min(LONGEST_TIMEOUT, FIRST_TIMEOUT * 2 ** doublings);
}

/** When a SYN is sent that nobody answers. */
export interface SynTimes {
  /** Seconds from the connect; the first is 0. */
  readonly sent: readonly number[];
  /** Seconds after which connect() fails with ETIMEDOUT. */
  readonly givenUp: number;
}

/**
 * Lists when a SYN that nobody answers is sent.
 *
 * @param early the second is sent early, after an unacceptable ACK (early-syn-resend).
 * @example
 * synTimes(profile.sysctls).sent // [0, 1, 3, 7, 15, 31, 63]
 */
export function synTimes(sysctls: Sysctls, early = false): SynTimes {
  const sent = [0];
  let at = early ? EARLY_RESEND : synTimeout(sysctls, 0);
  for (let retransmits = 0; !isGivenUp(sysctls, retransmits); ) {
    sent.push(at);
    retransmits++;
    at += synTimeout(sysctls, retransmits);
  }
  return { sent, givenUp: at };
}
