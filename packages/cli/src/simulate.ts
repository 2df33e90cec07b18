import { type Incident, readIncidents } from '@tuplescope/incident';
import {
  ALL_PROFILES,
  MITIGATIONS,
  type Mitigation,
  type Profile,
  type Sysctls,
  TrackerError,
} from '@tuplescope/kernel-model';
import { visible } from '@tuplescope/scan';
import {
  type IncidentKernel,
  incidentKernel,
  isScene,
  makeScene,
  probabilityOf,
  type Scene,
  simulateConnect,
} from '@tuplescope/simulation';
import { profileNamed } from './profile-named.ts';
import { readNumber } from './read-number.ts';
import { readPaths } from './read-paths.ts';
import { readSysctls } from './read-sysctls.ts';
import { refuseToOverwrite } from './refuse-to-overwrite.ts';
import { renderSimulation } from './render-simulation.ts';
import { type SimulateAnswer, simulateAnswer } from './simulate-answer.ts';
import { type Terminal, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { type AnswerOptions, writeAnswer } from './write-answer.ts';

/** The options of `simulate`, as commander hands them over. */
export interface SimulateOptions extends AnswerOptions {
  readonly utcOffset: string;
  readonly profile?: string;
  readonly sysctl?: readonly string[];
  readonly mitigation?: readonly string[];
  readonly port?: string;
}

/** What is asked for, read. */
interface Asked {
  readonly port: number | undefined;
  readonly profile: Profile | null;
  readonly sysctls: Partial<Sysctls>;
  readonly mitigations: readonly Mitigation[];
}

/**
 * Connects again in a simulated pod built from files, folders or standard input; gives 0, and throws a
 * usage error where there is no port to connect from.
 */
export async function simulate(
  paths: readonly string[],
  options: SimulateOptions,
  terminal: Terminal,
): Promise<number> {
  const utcOffsetHours = readNumber('--utc-offset', options.utcOffset, -24, 24);
  const asked = readAsked(options);
  const { files, opened, problems } = await readPaths(paths, terminal.stdin);
  for (const problem of problems) {
    if (!options.quiet) await write(terminal.stderr, `tuplescope: ${visible(problem)}\n`);
  }
  const incidents = readIncidents(files, { utcOffsetHours });
  const { incident, scene } = chooseScene(incidents, asked.port);
  const answer = answerOf(incident, scene, asked);
  refuseToOverwrite(opened, options.output);
  await writeAnswer(answer, (style) => renderSimulation(answer, style), options, terminal);
  return 0;
}

function readAsked(options: SimulateOptions): Asked {
  const { port, profile, sysctl = [], mitigation = [] } = options;
  const names: readonly string[] = MITIGATIONS;
  for (const name of mitigation) {
    if (names.includes(name)) continue;
    throw new UsageError(`--mitigation takes one of ${names.join(', ')}, not "${name}"`);
  }
  // A sysctl is a mitigation itself: alone, it is tried alone.
  const all: readonly Mitigation[] = sysctl.length > 0 ? ['none'] : MITIGATIONS;
  return {
    port: port === undefined ? undefined : readNumber('--port', port, 1, 65_535),
    profile: profile === undefined ? null : profileNamed(profile),
    sysctls: readSysctls(sysctl),
    mitigations: mitigation.length > 0 ? (mitigation as readonly Mitigation[]) : all,
  };
}

/** Takes the first namespace that has such a port, or throws with what the others lack. */
function chooseScene(
  incidents: readonly Incident[],
  port: number | undefined,
): { readonly incident: Incident; readonly scene: Scene } {
  const known = incidents.filter(({ captures }) =>
    captures.some(({ content }) => content.kind !== 'unknown'),
  );
  const problems = new Set<string>();
  for (const incident of known) {
    const scene = makeScene(incident, port);
    if (isScene(scene)) return { incident, scene };
    problems.add(scene.problem);
  }
  if (known.length === 0) {
    throw new UsageError('nothing was recognised: name the files of an incident, or its folder');
  }
  throw new UsageError(`nothing to simulate: ${[...problems].join('; ')}`);
}

function answerOf(incident: Incident, scene: Scene, asked: Asked): SimulateAnswer {
  const { sysctls, mitigations } = asked;
  try {
    const kernel = incidentKernel(incident, scene);
    const profile = asked.profile ?? kernel.profile;
    const profiles = asked.profile === null ? withOwn(kernel) : [asked.profile];
    const simulation = simulateConnect(scene, { profiles, sysctls, mitigations });
    const [first] = simulation.unavailable;
    if (simulation.runs.length === 0 && first !== undefined) throw new UsageError(first.why);
    const probability = probabilityOf(incident, scene, profile, sysctls);
    const { namespace } = incident;
    return simulateAnswer({ namespace, scene, kernel, simulation, probability, profile });
  } catch (error) {
    if (error instanceof TrackerError) throw new UsageError(error.message);
    throw error;
  }
}

/** Every profile that ships, and the incident's own first where it is not among them. */
function withOwn({ profile }: IncidentKernel): readonly Profile[] {
  if (profile === null || ALL_PROFILES.some(({ id }) => id === profile.id)) return ALL_PROFILES;
  return [profile, ...ALL_PROFILES];
}
