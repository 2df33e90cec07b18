import type { Incident } from '@tuplescope/incident';
import {
  ALL_PROFILES,
  MITIGATIONS,
  newestMainline,
  type Profile,
  TrackerError,
} from '@tuplescope/kernel-model';
import { formatEndpoint } from '@tuplescope/net';
import {
  incidentKernel,
  isScene,
  makeScene,
  runPackets,
  type Scene,
  type SimulatedPacket,
  type SimulatedRun,
  type SimulateOptions,
  simulateConnect,
  tellRun,
} from '@tuplescope/simulation';
import type {
  SimulatedConnect,
  SimulatedStep,
  WhatIf,
  WhatIfWanted,
} from '../../protocol/what-if.ts';
import { entryText } from './explain-api.ts';

/** Sysctls that change whether a connect succeeds, or when it gives up. */
const SYSCTLS = [
  'nf_conntrack_tcp_be_liberal',
  'nf_conntrack_tcp_ignore_invalid_rst',
  'nf_conntrack_tcp_loose',
  'nf_conntrack_tcp_timeout_close_wait',
  'nf_conntrack_tcp_timeout_fin_wait',
  'tcp_syn_retries',
  'tcp_challenge_ack_limit',
] as const;

/** A connect that times out repeats itself: more packets than these tell nothing new. */
const MOST_STEPS = 24;

/** Ports that can be chosen from. */
const MOST_PORTS = 200;

/** Connects again in the pod of an incident, with what is tried; or says why that cannot be. */
export function whatIf(
  incidents: readonly Incident[],
  { profile: name, port, sysctls, mitigation }: WhatIfWanted,
): WhatIf | { readonly problem: string } {
  const found = sceneIn(incidents, port);
  if ('problem' in found) return found;
  const { incident, scene } = found;
  const profile = profileFor(name, incident, scene);
  const tried = MITIGATIONS.find((known) => known === mitigation) ?? 'none';
  const known = Object.fromEntries(
    SYSCTLS.map((sysctl) => [sysctl, usualValue(scene, profile, sysctl)]),
  );
  const asked = Object.entries(sysctls).filter(([sysctl]) => typeof known[sysctl] === 'number');
  const { runs, unavailable } = attempt(scene, {
    profiles: [profile],
    mitigations: [tried],
    sysctls: Object.fromEntries(asked),
  });
  const { client } = scene.stale;
  return {
    kernel: { profile: profile.id, title: profile.title },
    connect: `${formatEndpoint(client)} → ${formatEndpoint(scene.to)}`,
    port: client.port,
    ports: [client.port, ...scene.otherPorts].sort((a, b) => a - b).slice(0, MOST_PORTS),
    sysctls: known,
    mitigations: MITIGATIONS,
    runs: runs.map(connectOf),
    unavailable: unavailable[0] ?? null,
    assumptions: [
      ...scene.assumptions,
      ...scene.untranslated.map(({ text, why }) => `The rule ${text} is left out: ${why}.`),
    ],
  };
}

/** A value that no kernel takes is the reader's to mend, and no failure. */
function attempt(
  scene: Scene,
  options: SimulateOptions,
): { readonly runs: readonly SimulatedRun[]; readonly unavailable: readonly string[] } {
  try {
    const { runs, unavailable } = simulateConnect(scene, options);
    return { runs, unavailable: unavailable.map(({ why }) => why) };
  } catch (error) {
    if (error instanceof TrackerError) return { runs: [], unavailable: [error.message] };
    throw error;
  }
}

function sceneIn(
  incidents: readonly Incident[],
  port: number | null,
): { readonly incident: Incident; readonly scene: Scene } | { readonly problem: string } {
  let problem = 'Nothing that tells of an incident was read beside this capture.';
  for (const incident of incidents) {
    const scene = makeScene(incident, port ?? undefined);
    if (isScene(scene)) return { incident, scene };
    problem = `${scene.problem.slice(0, 1).toUpperCase()}${scene.problem.slice(1)}.`;
  }
  return { problem };
}

function profileFor(name: string | null, incident: Incident, scene: Scene): Profile {
  const asked = ALL_PROFILES.find(({ id }) => id === name);
  return asked ?? incidentKernel(incident, scene).profile ?? newestMainline();
}

/** What a sysctl is without the reader's choice; null where this kernel has none. */
function usualValue(
  { sysctls: { set } }: Scene,
  { sysctls: defaults }: Profile,
  name: (typeof SYSCTLS)[number],
): number | null {
  return defaults[name] === null ? null : (set[name] ?? defaults[name]);
}

function connectOf(run: SimulatedRun): SimulatedConnect {
  const packets = runPackets(run);
  return {
    numbers: run.numbers.half,
    outcome: run.outcome,
    seconds: run.seconds,
    why: tellRun(run),
    steps: packets.slice(0, MOST_STEPS).map(stepOf),
    more: Math.max(0, packets.length - MOST_STEPS),
  };
}

function stepOf(packet: SimulatedPacket): SimulatedStep {
  const { n, at, hop, segment, ctstate, entry, nat, sender, socket, dropped, says } = packet;
  const lane = (owner: typeof sender.owner): SimulatedStep['from'] =>
    owner === 'none' ? 'peer' : owner;
  return {
    n,
    at,
    from: lane(sender.owner),
    to: socket === null ? null : lane(socket.owner),
    device: hop === 'sent' ? null : hop,
    flags: segment.flags,
    ctstate,
    isDropped: dropped !== null,
    isTranslated: nat !== 'none',
    entry: entryText(entry),
    says,
  };
}
