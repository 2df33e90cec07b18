import type { Incident } from '@tuplescope/incident';
import { ALL_PROFILES, type Profile, type Sysctls } from '@tuplescope/kernel-model';
import { formatEndpoint } from '@tuplescope/net';
import {
  incidentKernel,
  isScene,
  makeScene,
  probabilityOf,
  runPackets,
  type Scene,
  type SimulatedRun,
  simulateConnect,
  tellRun,
} from '@tuplescope/simulation';
import type { SimulateWanted, ToolAnswer } from '../../../protocol/tools.ts';
import { fitItems, MOST_CHARACTERS } from './fit-items.ts';
import { profileNamed } from './profile-named.ts';

/**
 * Tells a language model what comes of the connect when it is tried again in a simulated pod, with each
 * mitigation and with none.
 *
 * @throws where nothing can be simulated, with what is missing.
 */
export function simulateTool(incidents: readonly Incident[], wanted: SimulateWanted): ToolAnswer {
  const { incident, scene } = sceneOf(incidents, wanted.port);
  const kernel = incidentKernel(incident, scene);
  const profile = wanted.kernel === undefined ? kernel.profile : profileNamed(wanted.kernel);
  const sysctls = readSysctls(wanted.sysctls ?? {}, profile);
  const profiles = profile === null ? ALL_PROFILES : [profile];
  const { runs, unavailable } = simulateConnect(scene, { profiles, sysctls });
  const { stale, to, assumptions } = scene;
  const from = formatEndpoint(stale.client);
  const { items, leftOut } = fitItems(runs.map(toldRun), MOST_CHARACTERS);
  const chance = probabilityOf(incident, scene, profile, sysctls);
  const data = {
    from,
    to: formatEndpoint(to),
    stale: { state: stale.state, local: formatEndpoint(stale.local), process: stale.process },
    kernel: { profile: profile?.id ?? null, confidence: kernel.confidence, why: kernel.why },
    numbers: scene.numbers,
    probability: chance,
    runs: items,
    runsLeftOut: leftOut,
    unavailable,
    assumptions,
  };
  const text = [
    `A connect from ${from} to ${formatEndpoint(to)} meets a socket in ${stale.state}.`,
    ...runs
      .slice(0, runs.length - leftOut)
      .map((run) => `- ${run.profile}, ${run.mitigation ?? 'as it is'}: ${tellRun(run)}`),
    ...(leftOut > 0 ? [`- ${leftOut} more runs were left out; name one kernel.`] : []),
    chance.why,
  ];
  return { text: text.join('\n'), json: JSON.stringify(data) };
}

function sceneOf(
  incidents: readonly Incident[],
  port: number | undefined,
): { readonly incident: Incident; readonly scene: Scene } {
  const problems = new Set<string>();
  for (const incident of incidents) {
    const scene = makeScene(incident, port);
    if (isScene(scene)) return { incident, scene };
    problems.add(scene.problem);
  }
  throw new Error(`Nothing can be simulated: ${[...problems].join('; ') || 'nothing was read'}.`);
}

function toldRun(run: SimulatedRun): object {
  const { profile, mitigation, outcome, seconds, numbers } = run;
  const packets = runPackets(run).map(({ sender, why, ...packet }) => ({
    ...packet,
    sender: sender.owner,
    rule: why.rule,
  }));
  return { profile, mitigation, outcome, seconds, numbers: numbers.half, packets };
}

/** The names come from a model: only what the kernel has is taken. */
function readSysctls(
  asked: Readonly<Record<string, number>>,
  profile: Profile | null,
): Partial<Sysctls> {
  const known = (profile ?? ALL_PROFILES[0])?.sysctls ?? {};
  for (const name of Object.keys(asked)) {
    if (Object.hasOwn(known, name) && !Array.isArray(known[name as keyof typeof known])) continue;
    throw new Error(`This kernel has no sysctl ${name}; it has ${Object.keys(known).join(', ')}.`);
  }
  return asked as Partial<Sysctls>;
}
