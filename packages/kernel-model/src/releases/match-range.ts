import { explainFate } from '../affected.ts';
import { candidatesBetween, profileAt, sameTracker, undecidedAt } from '../candidates.ts';
import { ALL_COMMITS } from '../commits.ts';
import { formatKernelPoint, type KernelPoint } from '../kernel-point.ts';
import {
  type Builder,
  isBeyondKnown,
  KNOWN_KERNELS,
  knownKernel,
  neighboursOf,
} from '../known-kernels.ts';
import type { Family, Profile } from '../profile.ts';
import { type Confidence, lesser, type Probe, type ProfileMatch } from '../profile-match.ts';

const BUILDERS: Readonly<Record<Builder, string>> = {
  mainline: "kernel.org's",
  debian: "Debian's",
  'red-hat': "Red Hat's",
  other: "another vendor's",
};

/** The upstream kernels that a release may be, and what its vendor adds. */
export interface Range {
  readonly family: Family;
  readonly builder: Builder;
  /** First and last kernel of one line; the same where the version is known. */
  readonly first: KernelPoint;
  readonly last: KernelPoint;
  /** The best guess between them. */
  readonly guess: KernelPoint;
  /** A profile that is better than the one at the guess. */
  readonly profile?: Profile;
  /** Profiles that the vendor's own patches may make of it. */
  readonly alternatives?: readonly Profile[];
  /** The most that can be said, because of patches that nobody saw. */
  readonly most: Confidence;
  /** How the release was read, a sentence; empty where it needs no word. */
  readonly said: string;
  readonly probe: readonly Probe[];
}

/** Gives the match of a range of upstream kernels: one answer left is likely, more are possible. */
export function matchRange(range: Range): ProfileMatch {
  const { family, builder, first, last, guess, alternatives = [], said } = range;
  const profile = range.profile ?? profileAt(guess, family);
  const found = [...candidatesBetween(first, last, family), ...alternatives];
  const candidates = [profile, ...found.filter((other) => !sameTracker(other, profile))];
  const known = first.point === last.point ? knownKernel(first, builder) : null;
  const ground = known === null ? 'likely' : 'certain';
  const open = candidates.length > 1 || isBeyondKnown(first);
  const confidence = lesser(range.most, open ? 'possible' : ground);
  const why = [said, explainKernels(range), explainFate(candidates)].filter((text) => text !== '');
  const probe = confidence === 'certain' ? [] : range.probe;
  return { profile, confidence, why: why.join(' '), candidates, probe };
}

/** Gives the last point of a line up to which the model knows of a difference. */
export function lastKnownPoint(line: string): number {
  const known = KNOWN_KERNELS.filter(({ kernel }) => kernel.line === line);
  const backports = ALL_COMMITS.flatMap((commit) => commit.backports);
  const points = [
    ...known.map(({ kernel }) => kernel.point),
    ...backports
      .filter((port) => port.line === line)
      .map((port) => port.from ?? port.lastWithout + 1),
  ];
  return Math.max(0, ...points);
}

/** Says what the knowledge of one upstream kernel rests on; of a range its reader speaks. */
function explainKernels({ first, last, builder }: Range): string {
  if (first.point !== last.point) return '';
  const name = formatKernelPoint(first);
  const known = knownKernel(first, builder) ?? knownKernel(first);
  if (known !== null) {
    const own = known.builder === builder && builder !== 'other';
    const whose = own ? '' : `${BUILDERS[known.builder]} `;
    return known.basis === 'recorded'
      ? `The tracker was recorded on ${whose}${name}.`
      : `The tracker of ${whose}${name} was read in source.`;
  }
  if (isBeyondKnown(first)) return `${name} is older or newer than any kernel recorded or read.`;
  const open = undecidedAt(first);
  if (open.length > 0) return `Whether ${name} has ${listed(open)} is not known.`;
  return `The commits of ${name} follow from the versions that brought them${explainNeighbours(first)}.`;
}

function explainNeighbours(kernel: KernelPoint): string {
  const [before, after] = neighboursOf(kernel).map(
    (known) => known && formatKernelPoint(known.kernel),
  );
  if (before && after) return `; ${before} and ${after} are known`;
  if (before) return `; ${before} is the last known of its line`;
  return after ? `; ${after} is known` : '';
}

function listed(names: readonly string[]): string {
  const head = names.slice(0, -1).join(', ');
  return head === '' ? (names[0] ?? '') : `${head} or ${names.at(-1)}`;
}
