import type { Mitigation } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { evidenceText } from './evidence-text.ts';
import { hasSideEffects } from './mitigation-words.ts';
import type { ReportFinding } from './report.ts';
import type { BriefFinding } from './say-once.ts';
import { item, section, shell, type TextStyle, wrap } from './text-style.ts';

/** The state is the first word of a finding. */
const STATE_COLORS = { active: 'red', latent: 'yellow', past: 'cyan' } as const;

/** Columns of the first word. */
const LABEL = 8;

/** Writes a finding in the order of what a reader needs. */
export function findingText(
  finding: BriefFinding,
  incidents: readonly Incident[],
  style: TextStyle,
): string {
  const { story, evidence, mitigations, missing, sources, isSaidAbove } = finding;
  const helps = mitigations.map((mitigation) => mitigationText(mitigation, style));
  const sections = [
    headText(finding, style),
    section(
      'What happened',
      story.map((step, i) => item(step, `${i + 1}.`, style)),
      style,
    ),
    section('Evidence', evidenceText(evidence, incidents, style), style),
    section('What helps', isSaidAbove ? [...helps, '     What is said above.'] : helps, style),
    section(
      'What is missing',
      missing.map(({ what, command }) => `${item(what, '-', style)}\n${shell(command, style)}`),
      style,
    ),
    section(
      'Read more',
      sources.map((source) => `  ${source}`),
      style,
    ),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function headText(finding: ReportFinding, { paint, width }: TextStyle): string {
  const { state, family, confidence, confidenceReason, summary, namespace } = finding;
  const label = paint.bold(paint[STATE_COLORS[state]](state.toUpperCase().padEnd(LABEL)));
  const where = namespace === undefined ? '' : ` · ${namespace}`;
  const hang = ' '.repeat(LABEL);
  const sure = `${family}${where} · ${confidence}: ${confidenceReason}`;
  return `${wrap(paint.bold(summary), width, label, hang)}\n${wrap(paint.dim(sure), width, hang)}`;
}

function mitigationText(mitigation: Mitigation, style: TextStyle): string {
  const { works, action, command, why, sideEffects, verifiedBy } = mitigation;
  const { paint, width } = style;
  const mark = works ? paint.green('✓') : paint.red('✗');
  const effects = hasSideEffects(mitigation) ? ` Side effects: ${sideEffects}` : '';
  const basis = verifiedBy === 'none' ? ' Not verified.' : '';
  return [
    item(works ? action : `Not: ${action}`, mark, style),
    ...(command === '' ? [] : [shell(command, style)]),
    wrap(paint.dim(`${why}${effects}${basis}`), width, '     '),
  ].join('\n');
}
