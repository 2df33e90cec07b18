import type { Evidence, Mitigation } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { visible } from '@tuplescope/scan';
import pc from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { quoteEvidence } from './quote.ts';
import type { Report, ReportFinding } from './report.ts';

/** How the text is laid out. */
export interface TextOptions {
  /** Whether escape sequences may colour it. */
  readonly color: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

type Paint = ReturnType<typeof pc.createColors>;

/** The state as the first word of a finding. */
const STATE_COLORS = { active: 'red', latent: 'yellow', past: 'cyan' } as const;

/**
 * Renders a report for a terminal, in the order of what a reader needs: what is wrong, what
 * happened, what shows it, what fixes it, what is missing.
 *
 * @param incidents the incidents of the report, for quoting their records.
 * @example
 * renderText(report, incidents, { color: false, width: 80 })
 */
export function renderText(
  report: Report,
  incidents: readonly Incident[],
  options: TextOptions,
): string {
  const paint = pc.createColors(options.color);
  // Names of processes and files come from the incident: nothing in them may steer the terminal.
  const safe = withVisibleText(report);
  const blocks = [
    ...(safe.findings.length === 0 ? [nothingFound(safe, options)] : []),
    ...withoutRepetition(safe.findings).map((finding) =>
      findingText(finding, incidents, paint, options),
    ),
    contextText(safe, paint, options),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What helps, and what is missing, is told once: with the first finding that it belongs to. */
function withoutRepetition(findings: readonly ReportFinding[]): ReportFinding[] {
  const told = new Set<string>();
  const isNew = (text: string): boolean => !told.has(text) && Boolean(told.add(text));
  return findings.map((finding) => ({
    ...finding,
    mitigations: finding.mitigations.filter(({ action, command }) => isNew(`${action} ${command}`)),
    missing: finding.missing.filter(({ what, command }) => isNew(`${what} ${command}`)),
  }));
}

function withVisibleText<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map(withVisibleText) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withVisibleText(inner)]),
  ) as T;
}

function nothingFound(report: Report, { width }: TextOptions): string {
  const hasSockets = report.incident.files.some(({ kind }) => kind === 'ss');
  const hasEntries = report.incident.files.some(({ kind }) => kind === 'conntrack');
  const told =
    hasSockets && hasEntries
      ? 'No half-closed socket outlived its conntrack entry, and no connect met one.'
      : `Nothing was found, but ${hasSockets ? 'no conntrack listing' : hasEntries ? 'no socket listing' : 'neither sockets nor conntrack entries'} could be read: that is not the same as nothing being there.`;
  return wrap(told, width, '', '');
}

function findingText(
  finding: ReportFinding,
  incidents: readonly Incident[],
  paint: Paint,
  options: TextOptions,
): string {
  const { state, family, confidence, confidenceReason, summary, namespace } = finding;
  const color = paint[STATE_COLORS[state]];
  const label = state.toUpperCase().padEnd(7);
  const where = namespace === undefined ? '' : ` · ${namespace}`;
  const { width } = options;
  const sections = [
    [
      wrap(paint.bold(summary), width, `${paint.bold(color(label))} `, ' '.repeat(8)),
      wrap(paint.dim(`${family}${where} · ${confidence}: ${confidenceReason}`), width, '        '),
    ].join('\n'),
    section(
      'What happened',
      finding.story.map((step, i) => item(step, `${i + 1}.`, width)),
      paint,
    ),
    section('Evidence', evidenceText(finding.evidence, incidents, paint, width), paint),
    section(
      'What helps',
      finding.mitigations.map((m) => mitigationText(m, paint, width)),
      paint,
    ),
    section(
      'What is missing',
      finding.missing.map(
        ({ what, command }) => `${item(what, '-', width)}\n${shell(command, paint)}`,
      ),
      paint,
    ),
    section(
      'Read more',
      finding.sources.map((source) => `  ${source}`),
      paint,
    ),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? '' : `  ${paint.underline(title)}\n${lines.join('\n')}`;
}

/** Each record with its place, what it says, and the line itself; records that say the same in one. */
function evidenceText(
  evidence: readonly Evidence[],
  incidents: readonly Incident[],
  paint: Paint,
  width: number,
): string[] {
  return groupBySaying(evidence).map((group) => {
    const [first, ...others] = group as [Evidence, ...Evidence[]];
    const packet = first.packet === null ? '' : ` packet ${first.packet}`;
    const more =
      others.length === 0 ? '' : ` and ${others.length} more, to line ${others.at(-1)?.line}`;
    const place = paint.cyan(`  ${first.file}:${first.line}${packet}${more}`);
    const says = wrap(first.says, width, '    ');
    const quoted = quoteEvidence(incidents, first);
    const quote =
      quoted === null || quoted === '' ? '' : `\n${paint.dim(clip(`    │ ${quoted}`, width))}`;
    return `${place}\n${says}${quote}`;
  });
}

/** Neighbours of one file that say the same are one point to a reader. */
function groupBySaying(evidence: readonly Evidence[]): Evidence[][] {
  const groups: Evidence[][] = [];
  for (const record of evidence) {
    const last = groups.at(-1);
    const before = last?.[0];
    const isSame = before?.says === record.says && before.file === record.file;
    if (last !== undefined && isSame) last.push(record);
    else groups.push([record]);
  }
  return groups;
}

function mitigationText(mitigation: Mitigation, paint: Paint, width: number): string {
  const { works, action, command, why, sideEffects, verifiedBy } = mitigation;
  const mark = works ? paint.green('✓') : paint.red('✗');
  const basis = verifiedBy === 'none' ? ' Not verified.' : '';
  const effects = /^None/.test(sideEffects) ? '' : ` Side effects: ${sideEffects}`;
  const lines = [item(works ? action : `Not: ${action}`, mark, width)];
  if (command !== '') lines.push(shell(command, paint));
  lines.push(wrap(paint.dim(`${why}${effects}${basis}`), width, '     '));
  return lines.join('\n');
}

/** What was read, with what clock and kernel: the last thing a reader asks. */
function contextText(report: Report, paint: Paint, { width }: TextOptions): string {
  const { files, clocks, snapshots } = report.incident;
  const known = files.filter(({ kind }) => kind !== 'unknown');
  const unread = files.filter(({ kind }) => kind === 'unknown' || kind === 'pcap');
  const problems = files
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ severity }) => severity !== 'hint');
  const facts: (readonly [string, string])[] = (report.kernels ?? [report.kernel]).map((kernel) => [
    'Kernel',
    `${kernel.namespace === undefined ? '' : `${kernel.namespace}: `}${kernel.release ?? 'unknown'}${kernel.profile === null ? '' : `, profile ${kernel.profile} (${kernel.confidence})`}. ${kernel.why}`,
  ]);
  for (const { why, file, packet } of report.kernel.contradictedBy) {
    facts.push(['', `But ${file}${packet === null ? '' : ` packet ${packet}`}: ${why}`]);
  }
  facts.push(['Rules', interceptionText(report)]);
  facts.push([
    'Read',
    `${count(known.length, 'output')} in ${count(new Set(files.map(({ path }) => path)).size, 'file')}, ${count(snapshots.length, 'snapshot')}.` +
      `${unread.length === 0 ? '' : ` Not read: ${[...new Set(unread.map(({ path }) => path))].join(', ')}.`}`,
  ]);
  for (const { file, offsetSeconds, from } of clocks) {
    facts.push([
      'Clock',
      `${file} is ${Math.abs(offsetSeconds).toFixed(1)} s ${offsetSeconds >= 0 ? 'behind' : 'ahead of'} the packets: ${from}.`,
    ]);
  }
  if (problems.length > 0)
    facts.push([
      'Trouble',
      `${count(problems.length, 'line')} not understood; --format json lists them.`,
    ]);
  return facts
    .filter(([, text]) => text !== '')
    .map(([title, text]) => wrap(text, width, paint.dim(title.padEnd(9)), ' '.repeat(9)))
    .join('\n');
}

/** Ports by rule with their places; those that are only assumed in one list. */
function interceptionText({ interception }: Report): string {
  const ruled = interception.filter(({ from }) => !from.startsWith('well-known'));
  if (ruled.length > 0) {
    return ruled.map((i) => `${i.direction} traffic goes to port ${i.port} (${i.from})`).join('; ');
  }
  const ports = interception.map(({ port }) => port).join(', ');
  return `none were captured that redirect traffic; the usual ports are assumed: ${ports}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function item(text: string, mark: string, width: number): string {
  const lead = `  ${' '.repeat(Math.max(0, 2 - stringWidth(mark)))}${mark} `;
  return wrap(text, width, lead, ' '.repeat(5));
}

function shell(command: string, paint: Paint): string {
  return `     ${paint.green('$')} ${command}`;
}

/** Wraps at words; the first line has its own lead, the others hang below its text. */
function wrap(text: string, width: number, lead: string, hang: string = lead): string {
  const room = Math.max(30, width - stringWidth(hang));
  const lines = wrapAnsi(text, room, { trim: true }).split('\n');
  return lines.map((line, i) => `${i === 0 ? lead : hang}${line}`).join('\n');
}

function clip(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${text.slice(0, Math.max(20, width - 1))}…`;
}
