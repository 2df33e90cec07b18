import type { Incident } from '@tuplescope/incident';
import { MITIGATIONS, type Mitigation, type Profile } from '@tuplescope/kernel-model';
import type { SysctlValues } from './incident-sysctls.ts';
import { closeLate, type LateClose } from './late-close.ts';
import { isScene, makeScene } from './make-scene.ts';
import type { MitigationEffect, MitigationTrial, TrialOutcome } from './mitigation-trial.ts';
import type { Scene } from './scene.ts';
import { runsOf } from './simulate-connect.ts';
import type { SimulatedRun } from './simulated-run.ts';
import { tellRun } from './tell-run.ts';

/** What to try mitigations on. */
export interface TryOptions {
  readonly profile: Profile;
  /** The client's port; the first that collides, or else would, where it is left out. */
  readonly port?: number;
  /** Sysctls over those that the incident has set. */
  readonly sysctls?: SysctlValues;
}

/**
 * Tries every mitigation in a simulated pod that is built from an incident.
 *
 * @returns one for each mitigation; none where the incident has no such port.
 * @example
 * tryMitigations(incident, { profile }).map(({ mitigation, effect }) => `${mitigation} ${effect}`)
 * // ['be-liberal cures', 'ignore-invalid-rst useless', 'drop-invalid worse', …]
 */
export function tryMitigations(incident: Incident, options: TryOptions): MitigationTrial[] {
  const scene = makeScene(incident, options.port);
  return isScene(scene) ? tryMitigationsIn(scene, options.profile, options.sysctls) : [];
}

/** Tries every mitigation in the pod of a scene. */
export function tryMitigationsIn(
  scene: Scene,
  profile: Profile,
  sysctls: SysctlValues = {},
): MitigationTrial[] {
  const without = runsOf(scene, profile, 'none', sysctls);
  const leak = closeLate(scene, profile, 'none', sysctls);
  return MITIGATIONS.flatMap((mitigation): MitigationTrial[] => {
    if (mitigation === 'none') return [];
    const tried = runsOf(scene, profile, mitigation, sysctls);
    const closed = closeLate(scene, profile, mitigation, sysctls);
    const lateClose = leak === null || closed === null ? null : { without: leak, with: closed };
    const effect = effectOf(without, tried, lateClose);
    return [
      {
        mitigation,
        profile: profile.id,
        effect,
        works: effect === 'cures',
        without: without.map(outcomeOf),
        with: tried.map(outcomeOf),
        lateClose,
        preventsLeak:
          lateClose === null ? null : isLeft(lateClose.without) && !isLeft(lateClose.with),
        why: whyOf(effect, without, tried, lateClose),
        sideEffects: SIDE_EFFECTS[mitigation],
        verifiedBy: tried.length === 0 ? 'none' : 'simulation',
      },
    ];
  });
}

function outcomeOf({ numbers, outcome, seconds }: SimulatedRun): TrialOutcome {
  return { half: numbers.half, outcome, seconds };
}

function effectOf(
  without: readonly SimulatedRun[],
  tried: readonly SimulatedRun[],
  lateClose: MitigationTrial['lateClose'],
): MitigationEffect {
  if (tried.length === 0) return 'unavailable';
  const [before, after] = [failures(without), failures(tried)];
  if (after > before || (lateClose !== null && isWorse(lateClose))) return 'worse';
  if (before === 0) return 'unneeded';
  return after === 0 ? 'cures' : 'useless';
}

function failures(runs: readonly SimulatedRun[]): number {
  return runs.filter(({ outcome }) => outcome !== 'connected').length;
}

/** The application's socket stays that would have gone. */
function isWorse({ without, with: closed }: NonNullable<MitigationTrial['lateClose']>): boolean {
  return without.app === 'CLOSED' && closed.app !== 'CLOSED';
}

/** The proxy's socket stays half-closed. */
function isLeft({ proxy }: LateClose): boolean {
  return proxy === 'FIN-WAIT-2';
}

function whyOf(
  effect: MitigationEffect,
  without: readonly SimulatedRun[],
  tried: readonly SimulatedRun[],
  lateClose: MitigationTrial['lateClose'],
): string {
  if (effect === 'unavailable') return 'This kernel has no such sysctl.';
  const failing = tried.find(({ outcome }) => outcome !== 'connected');
  const [first] = tried;
  // Where the numbers decide, the half that fails without it tells what it is good for.
  const hard = without.findIndex(({ outcome }) => outcome !== 'connected');
  const told = failing ?? tried[Math.max(0, hard)] ?? first;
  const sentences = told === undefined ? [] : [tellRun(told)];
  if (effect === 'unneeded') sentences.unshift('The connect succeeds without it too.');
  if (lateClose !== null && isWorse(lateClose)) {
    const { app, isPortTaken } = lateClose.with;
    const port = isPortTaken ? ', its port taken meanwhile' : '';
    sentences.push(
      `The late FIN of the application is INVALID too: with it the application's socket stays in ${app}${port}, where the RST of the service would have ended it; the proxy's socket is left behind either way.`,
    );
  } else if (lateClose !== null && isLeft(lateClose.without) && !isLeft(lateClose.with)) {
    sentences.push(
      "The late FIN of the application then reaches the proxy's socket, so that none is left behind.",
    );
  }
  return sentences.join(' ');
}

const SIDE_EFFECTS: Readonly<Record<Exclude<Mitigation, 'none'>, string>> = {
  'be-liberal':
    'Window checking is off in this namespace: segments out of the window are no longer INVALID.',
  'ignore-invalid-rst':
    'RSTs below the highest ACK are no longer INVALID, so that a forged one closes an entry more easily.',
  'drop-invalid':
    'Whatever conntrack calls INVALID is lost without a trace: late FINs and RSTs of applications, so that their sockets stay longer.',
  'close-wait-3600':
    'Entries of half-closed connections stay for up to an hour: the table grows (nf_conntrack_max).',
  tproxy:
    'The proxy needs CAP_NET_ADMIN and a listener with IP_TRANSPARENT; rules and routes change.',
};
