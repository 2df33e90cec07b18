import type { Incident } from '@tuplescope/incident';
import { defaultSysctls, type Profile, portProbability } from '@tuplescope/kernel-model';
import { formatEndpoint } from '@tuplescope/net';
import { ofKind } from './captures.ts';
import type { SysctlValues } from './incident-sysctls.ts';
import { ISN_PERIOD, type IsnClock, isnClock } from './isn-clock.ts';
import { portsInUse, reservedPorts } from './ports-in-use.ts';
import type { Scene } from './scene.ts';
import { runsOf } from './simulate-connect.ts';
import { isStandIn } from './stand-in.ts';
import { tellRun } from './tell-run.ts';

/** How likely the next connect is to collide, and then to time out. */
export interface Probability {
  /** That the next connect to the scene's destination gets the scene's port. */
  readonly collision: number;
  /** That it gets any port of the incident on which it meets an old socket. */
  readonly anyCollision: number;
  /**
   * That a connect which meets the old socket does not succeed, by the simulation of both halves of all
   * sequence numbers; null where the kernel is not known.
   */
  readonly timeoutGivenCollision: number | null;
  /** When connects to the old destination itself time out; null where that is not known or never. */
  readonly clock: IsnClock | null;
  /** What it rests on, in sentences. */
  readonly why: string;
}

/**
 * Says how likely the next connect is to get the port of a scene, and how likely it then times out.
 *
 * @param profile the kernel; null where it is not known.
 * @example
 * probabilityOf(incident, scene, profile)
 * // { collision: 1 / 14116, timeoutGivenCollision: 0.5, why: 'connect() to 172.21.206.198:7777 …', … }
 */
export function probabilityOf(
  incident: Incident,
  scene: Scene,
  profile: Profile | null,
  sysctls: SysctlValues = {},
): Probability {
  const chances = collisionChances(incident, scene, sysctls);
  const given = profile === null ? null : failingShare(scene, profile, sysctls);
  const isHalf = given !== null && given.share > 0 && given.share < 1;
  const clock = isHalf ? isnClock(scene, endOf(incident, scene)) : null;
  return {
    collision: chances.collision,
    anyCollision: chances.any,
    timeoutGivenCollision: given?.share ?? null,
    clock,
    why: [chances.why, tellShare(profile, given), ...tellClock(scene, clock, isHalf)].join(' '),
  };
}

function collisionChances(
  incident: Incident,
  scene: Scene,
  sysctls: SysctlValues,
): { readonly collision: number; readonly any: number; readonly why: string } {
  const { port } = scene.stale.client;
  const last = incident.snapshots.findLastIndex(
    ({ captures }) => ofKind(captures, 'ss').length > 0,
  );
  if (last >= 0 && (scene.stale.sightings.at(-1) ?? last) < last) {
    const why = `The last snapshot no longer shows the old socket of port ${port}: the next connect cannot meet it.`;
    return { collision: 0, any: 0, why };
  }
  const captured = sysctls.ip_local_port_range ?? scene.sysctls.captured.ip_local_port_range;
  const range = captured ?? defaultSysctls([]).ip_local_port_range;
  const used = portsInUse(incident.snapshots[last]?.captures ?? [], range, scene.to);
  const reserved = incident.sysctl('net.ipv4.ip_local_reserved_ports') ?? '';
  const isReserved = reservedPorts(reserved);
  const isTaken = (one: number): boolean => used.has(one) || isReserved(one);
  const chanceOf = (one: number): number => portProbability(range, one, isTaken);
  const collision = chanceOf(port);
  const any = scene.otherPorts.reduce((sum, one) => sum + chanceOf(one), collision);
  const basis = captured === undefined ? ' (the default: none was captured)' : '';
  const size = range[1] - range[0] + 1;
  const to = isStandIn(scene.to) ? '' : ` to ${formatEndpoint(scene.to)}`;
  const begins = `connect()${to} begins its search for a port anywhere in ${range[0]}-${range[1]}${basis}`;
  const taken =
    used.size > 0 || reserved.trim() !== ''
      ? ', and ports that are in use or reserved give way to the next'
      : '';
  const share = `it tries the ${Math.ceil(size / 2)} ports of the parity of ${range[0]} first, each as likely as the others${taken}`;
  return {
    collision,
    any: Math.min(1, any),
    why: `${begins}; ${share}. ${tellChance(port, collision)}`,
  };
}

function tellChance(port: number, chance: number): string {
  if (chance > 0)
    return `So the next connect gets port ${port} with a probability of 1 in ${Math.round(1 / chance)}.`;
  return `So no connect gets port ${port} unless it asks for it, or all those are in use.`;
}

/** Runs one pair of numbers of each half: the share that does not connect. */
function failingShare(
  scene: Scene,
  profile: Profile,
  sysctls: SysctlValues,
): { readonly share: number; readonly told: string } {
  const unknown = { ...scene, numbers: { ...scene.numbers, isn: null } };
  const runs = runsOf(unknown, profile, 'none', sysctls);
  const failing = runs.filter(({ outcome }) => outcome !== 'connected');
  const [run] = failing.length > 0 ? failing : runs;
  return {
    share: runs.length === 0 ? 0 : failing.length / runs.length,
    told: run === undefined ? '' : tellRun(run),
  };
}

function tellShare(
  profile: Profile | null,
  given: { readonly share: number; readonly told: string } | null,
): string {
  if (profile === null || given === null) {
    return 'Which kernel this is is not known: on one that commit c7aab4f17021 affects half of the connects that meet the old socket time out, on others none.';
  }
  if (given.share === 0)
    return `On ${profile.id} a connect that meets the old socket succeeds. ${given.told}`;
  if (given.share === 1)
    return `On ${profile.id} every connect that meets the old socket fails. ${given.told}`;
  const told = `${given.told.slice(0, 1).toLowerCase()}${given.told.slice(1)}`;
  return `On ${profile.id} half of all pairs of sequence numbers fail, and those of connections to different places are independent. In the half that fails, ${told}`;
}

function tellClock(
  { isSameDestination, clock: { old } }: Scene,
  clock: IsnClock | null,
  isHalf: boolean,
): string[] {
  if (!isHalf || isSameDestination === false) return [];
  if (clock !== null) {
    return [
      `To the old destination itself the numbers follow a clock: connects time out from ${timeOfDay(clock.timesOutFrom)} to ${timeOfDay(clock.timesOutUntil)} UTC, and so every ${ISN_PERIOD.toFixed(1)} s.`,
    ];
  }
  return old === null
    ? [
        `To the old destination itself the numbers follow a clock that goes round in ${ISN_PERIOD.toFixed(1)} s, half of the time one way; no packet of the old connection tells where it stands.`,
      ]
    : ['The captured numbers do not follow the clock of initial numbers, so it is left out.'];
}

function timeOfDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

/** When the incident ends: its last snapshot or the connect, seconds since the epoch. */
function endOf({ snapshots }: Incident, { clock }: Scene): number {
  const times = snapshots.map(({ at }) => at ?? 0);
  return Math.max(0, ...times, clock.connect?.at ?? 0, clock.old?.at ?? 0);
}
