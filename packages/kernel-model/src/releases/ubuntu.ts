import { type KernelPoint, readKernelPoint } from '../kernel-point.ts';
import { alterProfile } from '../make-profile.ts';
import type { Profile } from '../profile.ts';
import type { ProfileMatch } from '../profile-match.ts';
import { shippedProfile } from '../profiles.ts';
import { lastKnownPoint, matchRange, type Range } from './match-range.ts';
import { DEB_CHANGELOG, RST_LOG, UBUNTU_SIGNATURE } from './probes.ts';
import type { Release } from './release.ts';

// `-91-generic`, `-1051-azure`, `-91.101-generic` of the signature.
const SUFFIX =
  /^-(\d{1,5})(?:[.\d]{0,12})-(generic|lowlatency|aws|azure|gcp|gke|gkeop|oracle|kvm|ibm|oem|raspi|nvidia|virtual|server)(?:-[a-z0-9-]{1,20})?$/;

/** The profile of each line that ships; other lines go by rule. */
const PROFILES: Readonly<Record<string, string>> = {
  '5.4': 'ubuntu-20.04',
  '5.15': 'ubuntu-22.04',
  '5.19': 'ubuntu-22.04-hwe-5.19',
  '6.8': 'ubuntu-24.04',
};
const AZURE_PROFILES: Readonly<Record<string, string>> = {
  '5.15': 'aks-ubuntu-22.04',
  '6.8': 'aks-ubuntu-24.04',
};

/** 5.4.0-137 of January 2023 is older than 5.4.231 and younger than 5.4.124. */
const ABI_BEFORE_SYN_RENEWAL = 137;

/** Reads an Ubuntu release; null where it is none. */
export function readUbuntu(release: Release): ProfileMatch | null {
  const { kernel, suffix, build } = release;
  const [, abi, flavour] = SUFFIX.exec(suffix) ?? [];
  if (abi === undefined) return null;
  const azure = flavour === 'azure';
  const late = kernel.line === '5.4' && Number(abi) > ABI_BEFORE_SYN_RENEWAL;
  const shipped = late
    ? null
    : shippedProfile((azure ? AZURE_PROFILES : PROFILES)[kernel.line] ?? '');
  const signed = readSignature(build);
  const [first, last] = signed === null ? between(kernel, Number(abi)) : [signed, signed];
  const patches = azure ? "Microsoft's and Ubuntu's" : "Ubuntu's";
  return matchRange({
    family: azure ? 'azure' : 'ubuntu',
    builder: 'other',
    first,
    last,
    guess: last,
    ...(shipped !== null && signed === null && { profile: shipped }),
    alternatives: alternativesOf(kernel, shipped),
    most: azure ? 'possible' : 'likely',
    said: `${patches} own patches on ${kernel.line} were not seen${signed === null ? `, nor which ${kernel.line}.y it stands on` : ''}.`,
    probe: [UBUNTU_SIGNATURE, DEB_CHANGELOG, RST_LOG],
  } satisfies Range);
}

/** `Ubuntu 5.15.0-91.101-generic 5.15.131`: the last word is the upstream version. */
function readSignature(build: string): KernelPoint | null {
  if (!build.startsWith('Ubuntu ')) return null;
  return readKernelPoint(build.slice(build.lastIndexOf(' ') + 1))?.kernel ?? null;
}

function between(kernel: KernelPoint, abi: number): readonly [KernelPoint, KernelPoint] {
  const at = (point: number): KernelPoint => ({ ...kernel, point });
  const whole = [at(0), at(lastKnownPoint(kernel.line))] as const;
  if (kernel.line !== '5.4') return whole;
  if (abi > ABI_BEFORE_SYN_RENEWAL) return [at(124), whole[1]];
  return [at(abi === ABI_BEFORE_SYN_RENEWAL ? 124 : 0), at(230)];
}

/** An update may have brought the fix to a line that needs it. */
function alternativesOf({ line }: KernelPoint, shipped: Profile | null): readonly Profile[] {
  return line === '5.19' && shipped !== null
    ? [alterProfile(shipped, ['challenge-ack-fix'], [])]
    : [];
}
