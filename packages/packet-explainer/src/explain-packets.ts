import type { Profile, Sysctls } from '@tuplescope/kernel-model';
import type { CapturedPackets } from './captured-packets.ts';
import { beginExplaining } from './explaining.ts';
import { Explanations } from './explanations.ts';

/** By which kernel packets are explained. */
export interface ExplainOptions {
  readonly profile: Profile;
  /** Sysctls that win over the captured ones and the profile's. */
  readonly sysctls?: Readonly<Partial<Sysctls>>;
}

/**
 * Explains packets by what a kernel does with them: conntrack's verdict and why, NAT, the socket that
 * got each and what it did, and whether the capture shows what this kernel would have done.
 *
 * Linear in the packets, one group of conversations at a time. Never throws on any packets.
 *
 * @throws {TrackerError} `bad-sysctl` for a sysctl that the kernel lacks, or a value out of range.
 * @example
 * for (const { explanations } of explainPackets(packets, { profile })) {
 *   for (const { at, ctstate, says } of explanations) console.log(at.file, at.n, ctstate, says);
 * }
 */
export function explainPackets(
  packets: CapturedPackets,
  { profile, sysctls }: ExplainOptions,
): Explanations {
  return new Explanations(beginExplaining(packets, profile, sysctls));
}
