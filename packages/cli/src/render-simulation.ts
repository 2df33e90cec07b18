import { visible } from '@tuplescope/scan';
import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { ladderOf } from './render-simulation-ladder.ts';
import { outcomeTable } from './render-simulation-table.ts';
import type { SimulateAnswer } from './simulate-answer.ts';
import type { AnswerStyle } from './write-answer.ts';

/** Columns of a line's title. */
const TITLE = 9;

/** So many rules that were left out are shown, and the rest is counted. */
const MOST_RULES = 5;

/** So many other ports are named. */
const MOST_PORTS = 12;

/**
 * Renders what came of simulated connects: what the pod was made of, then a table of kernels and
 * mitigations, or of a single run its ladder; then the chances, and what was assumed.
 */
export function renderSimulation(answer: SimulateAnswer, style: AnswerStyle): string {
  const isSingle = new Set(answer.runs.map(keyOf)).size === 1;
  const body = isSingle
    ? answer.runs.map((run) => ladderOf(run, style)).join('\n')
    : outcomeTable(answer, style);
  const foot = [...footFacts(answer), ...(isSingle ? [] : gapFacts(answer))];
  return `${factsText(headFacts(answer), style)}\n${body}\n${factsText(foot, style)}`;
}

function keyOf({ profile, mitigation }: SimulateAnswer['runs'][number]): string {
  return `${profile} ${mitigation}`;
}

type Fact = readonly [title: string, text: string];

function headFacts(answer: SimulateAnswer): Fact[] {
  const { from, to, stale, kernel, namespace } = answer;
  const holder =
    stale.process === null
      ? ''
      : ` of ${stale.process.name}${stale.process.pid === null ? '' : ` (pid ${stale.process.pid})`}`;
  const name = kernel.release === null ? 'not known' : kernel.release;
  const fits = kernel.profile === null ? '' : `: ${kernel.profile} (${kernel.confidence})`;
  return [
    ...(namespace === null ? [] : [['Pod', namespace] as const]),
    ['Connect', `${from} → ${to}`],
    ['Meets', `${stale.state} ${stale.local} ↔ ${from}${holder}, ${snapshotWords(answer)}`],
    ['Numbers', numberWords(answer)],
    ['Kernel', `${name}${fits}${kernel.profile === null ? `. ${kernel.why}` : ''}`],
  ];
}

function snapshotWords({ snapshot }: SimulateAnswer): string {
  if (snapshot === null) return 'as packets show it';
  const name = snapshot.name === '' ? 'the listing' : `snapshot ${snapshot.name}`;
  const { secondsBefore } = snapshot;
  const before = secondsBefore === null ? '' : `, ${shortly(secondsBefore)} before the SYN`;
  return `as in ${name}${before}`;
}

function shortly(seconds: number): string {
  return seconds < 0.1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

function numberWords({ numbers: { isn, rcvNxt } }: SimulateAnswer): string {
  if (isn !== null && rcvNxt !== null) return `SYN ${isn}, RST ${rcvNxt}, as captured`;
  const known = [
    ...(isn === null ? [] : [`SYN ${isn}`]),
    ...(rcvNxt === null ? [] : [`RST ${rcvNxt}`]),
  ];
  const rest = known.length === 0 ? '' : ` (but for ${known.join()})`;
  return `not captured${rest}: on kernels that are affected the outcome depends on them, so each run is made twice, with a RST ahead of the SYN and with one behind it`;
}

function footFacts(answer: SimulateAnswer): Fact[] {
  const { probability, assumptions, untranslated, otherPorts } = answer;
  const moreRules = untranslated.length - MOST_RULES;
  const morePorts = otherPorts.length - MOST_PORTS;
  const others = otherPorts.slice(0, MOST_PORTS).join(', ');
  return [
    ['Chance', probability.why],
    ...listed('Assumed', assumptions),
    ...listed('Left out', [
      ...untranslated
        .slice(0, MOST_RULES)
        .map(({ text, why, file, line }) => `${text} (${file}:${line}): ${why}.`),
      ...(moreRules > 0 ? [`${moreRules} more rules; --format json has them all.`] : []),
    ]),
    ...listed(
      'Others',
      otherPorts.length === 0
        ? []
        : [
            `${others}${morePorts > 0 ? ` and ${morePorts} more` : ''} would meet an old socket too; --port N takes one of them.`,
          ],
    ),
  ];
}

/** What a gap in the table means. */
function gapFacts({ unavailable }: SimulateAnswer): Fact[] {
  return unavailable.length === 0 ? [] : [['–', 'This kernel has no such sysctl.']];
}

/** The lines of one title, which stands at the first. */
function listed(title: string, texts: readonly string[]): Fact[] {
  return texts.map((text, i) => [i === 0 ? title : '', text]);
}

function factsText(facts: readonly Fact[], { color, width }: AnswerStyle): string {
  const paint = pc.createColors(color);
  const room = Math.max(30, width - TITLE);
  const lines = facts.map(([title, text]) => {
    const [first = '', ...rest] = wrapAnsi(visible(text), room).split('\n');
    const hung = rest.map((line) => `${' '.repeat(TITLE)}${line}`);
    return [`${paint.dim(title.padEnd(TITLE))}${first}`, ...hung].join('\n');
  });
  return lines.map((line) => `${line}\n`).join('');
}
