import type { Incident } from '@tuplescope/incident';
import { type Confidence, type Profile, profileFor } from '@tuplescope/kernel-model';
import type { Scene } from './scene.ts';
import { runsOf } from './simulate-connect.ts';

/** The kernel of an incident, as its names and its packets tell it. */
export interface IncidentKernel {
  /** What `uname -r` says; null where the incident has none. */
  readonly release: string | null;
  /** null where nothing fits, or where packets rule out what fits. */
  readonly profile: Profile | null;
  readonly confidence: Confidence;
  readonly why: string;
}

/**
 * Finds the kernel of an incident: by its `uname`, unless packets show a RST leaving untranslated which
 * that kernel would have let through.
 */
export function incidentKernel({ kernel }: Incident, scene: Scene): IncidentKernel {
  if (kernel === null) {
    const why = 'No uname and no /proc/version tells the kernel.';
    return { release: null, profile: null, confidence: 'unknown', why };
  }
  const { release } = kernel;
  const { profile, confidence, why } = profileFor(kernel.text);
  const isContradicted =
    profile !== null &&
    scene.wentAstray &&
    runsOf(scene, profile, 'none').every(({ outcome }) => outcome === 'connected');
  if (!isContradicted) return { release, profile, confidence, why };
  return {
    release,
    profile: null,
    confidence: 'unknown',
    why: `Its name fits ${profile.id}, but packets show the RST leaving untranslated, which that kernel would have let through: it is another one, or was changed.`,
  };
}
