import type { Incident } from '@tuplescope/incident';
import { isScene, makeScene, type Probability, probabilityOf } from '@tuplescope/simulation';
import type { KernelAssessment } from './assess-kernel.ts';
import { trustedProfile } from './trusted-profile.ts';

/**
 * Says how likely the next connect is to meet a stale socket, and then to time out, with what that
 * rests on; null where the incident does not tell enough to simulate one.
 *
 * @param port the client's port of a stale socket.
 */
export function leakChance(
  incident: Incident,
  kernel: KernelAssessment,
  port: number,
): string | null {
  const scene = makeScene(incident, port);
  if (!isScene(scene)) return null;
  const probability = probabilityOf(incident, scene, trustedProfile(kernel));
  return [probability.why, ...ofAny(probability, 1 + scene.otherPorts.length)].join(' ');
}

function ofAny({ anyCollision }: Probability, ports: number): string[] {
  if (ports === 1 || anyCollision === 0) return [];
  return [
    `It gets one of the ${ports} ports that have such a socket with a probability of 1 in ${Math.round(1 / anyCollision)}.`,
  ];
}
