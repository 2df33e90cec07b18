import type { Incident } from '@tuplescope/incident';
import { newestMainline, type Profile, profileFor, type Sysctls } from '@tuplescope/kernel-model';
import {
  type CapturedPackets,
  compareProfiles,
  nearestProfiles,
  type ProfileComparison,
} from '@tuplescope/packet-explainer';
import type { ExplanationKernel } from './explanation-report.ts';

/** The kernel to explain by, and what is told of it. */
export interface ChosenKernel {
  readonly profile: Profile;
  readonly kernel: ExplanationKernel;
}

/** What a reader asks for. */
export interface AskedKernel {
  /** The profile that was asked for; left out, the incident decides. */
  readonly profile?: Profile;
  /** Sysctls that were asked for. */
  readonly sysctls?: Readonly<Partial<Sysctls>>;
}

/**
 * Chooses the kernel that packets are explained by: the one that was asked for, else the one that the
 * incident names, else one that the packets do not contradict. Says how sure that is, what contradicts
 * it, and which other profiles fit.
 *
 * @example
 * chooseKernel(incident, readIncidentPackets(incident), {}).profile.id // 'mainline-5.19'
 */
export function chooseKernel(
  incident: Incident,
  packets: CapturedPackets,
  { profile: asked, sysctls = {} }: AskedKernel,
): ChosenKernel {
  const compared = compareProfiles(packets, { sysctls });
  const fitting = compared.filter(({ contradictions }) => contradictions.length === 0);
  const named = asked === undefined ? namedKernel(incident) : askedKernel(asked);
  const { profile, confidence, why } = named ?? kernelByPackets(fitting, compared.length);
  const [own] = compareProfiles(packets, { profiles: [profile], sysctls });
  const contradictions = own?.contradictions ?? [];
  const near = contradictions.length === 0 ? [] : nearestProfiles(packets, profile, sysctls);
  const consistent = new Set([...near, ...fitting.map((one) => one.profile)].map(({ id }) => id));
  return {
    profile,
    kernel: {
      release: incident.kernel?.release ?? null,
      profile: profile.id,
      title: profile.title,
      confidence,
      why,
      contradictedBy: contradictions.map(({ file, n, why: how }) => ({
        file,
        packet: n,
        why: how,
      })),
      consistentProfiles: [...consistent],
    },
  };
}

interface NamedKernel extends Pick<ExplanationKernel, 'confidence' | 'why'> {
  readonly profile: Profile;
}

function askedKernel(profile: Profile): NamedKernel {
  return { profile, confidence: 'certain', why: 'This profile was asked for.' };
}

function namedKernel({ kernel }: Incident): NamedKernel | null {
  if (kernel === null) return null;
  const { profile, confidence, why } = profileFor(kernel.text);
  return profile === null ? null : { profile, confidence, why };
}

/** Of the profiles that fit, the newest of kernel.org stands for all: they do the same here. */
function kernelByPackets(fitting: readonly ProfileComparison[], known: number): NamedKernel {
  const profiles = fitting.map(({ profile }) => profile);
  const chosen =
    profiles.findLast(({ family }) => family === 'mainline') ?? profiles.at(-1) ?? newestMainline();
  const isTold = fitting.length > 0 && fitting.length < known;
  return {
    profile: chosen,
    confidence: isTold ? 'possible' : 'unknown',
    why: isTold
      ? `Nothing names the kernel; of ${known} profiles ${fitting.length} fit the packets, ${chosen.id} among them.`
      : `Nothing names the kernel, and the packets do not tell: ${chosen.id} stands in.`,
  };
}
