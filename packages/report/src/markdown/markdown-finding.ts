import type { MissingEvidence, Mitigation } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { groupEvidence, MOST_POINTS, placeWords } from '../evidence-groups.ts';
import { basisWords, hasSideEffects } from '../mitigation-words.ts';
import { quoteEvidence } from '../quote.ts';
import type { ReportFinding } from '../report.ts';
import type { BriefFinding } from '../say-once.ts';
import { escapeMarkdown, markdownCode, markdownFence } from './escape-markdown.ts';

/**
 * Writes a finding as blocks of Markdown, in the order of what a reader needs.
 *
 * @param diagram a Mermaid diagram of its packets, or null.
 */
export function markdownFinding(
  finding: BriefFinding,
  incidents: readonly Incident[],
  diagram: string | null,
): string[] {
  const { summary, story, evidence, mitigations, missing, sources, isSaidAbove } = finding;
  const helps = [
    ...mitigations.map(mitigationBlock),
    ...(isSaidAbove ? ['- What is said above.'] : []),
  ];
  return [
    `### ${escapeMarkdown(summary)}`,
    certainty(finding),
    ...section(
      'What happened',
      story.map((step, i) => `${i + 1}. ${escapeMarkdown(step)}`),
    ),
    ...(diagram === null ? [] : ['#### Packets', markdownFence('mermaid', diagram)]),
    ...section('Evidence', evidenceTable(evidence, incidents)),
    ...section('What helps', helps),
    ...section('What is missing', missing.map(missingBlock)),
    ...section(
      'Read more',
      sources.map((source) => `- <${encodeURI(source)}>`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`#### ${title}`, lines.join('\n')];
}

function certainty({ family, namespace, confidence, confidenceReason }: ReportFinding): string {
  const where = namespace === undefined ? '' : ` · ${markdownCode(namespace)}`;
  return `\`${family}\`${where} · **${confidence}:** ${escapeMarkdown(confidenceReason)}`;
}

function evidenceTable(
  evidence: ReportFinding['evidence'],
  incidents: readonly Incident[],
): string[] {
  const groups = groupEvidence(evidence);
  if (groups.length === 0) return [];
  const rows = groups.slice(0, MOST_POINTS).map((group) => {
    const [first] = group;
    const quoted = markdownCode(quoteEvidence(incidents, first) ?? '');
    const place = markdownCode(placeWords(group, incidents));
    return `| ${place} | ${escapeMarkdown(first.says)} | ${quoted} |`;
  });
  const more = groups.length - MOST_POINTS;
  return [
    '| where | what it shows | the record |',
    '|---|---|---|',
    ...rows,
    ...(more <= 0 ? [] : [`| … | and ${more} more; \`--format json\` has them all | |`]),
  ];
}

function mitigationBlock(mitigation: Mitigation): string {
  const { works, action, command, why, sideEffects } = mitigation;
  const said = works
    ? `- ✓ **Works: ${escapeMarkdown(action)}.**`
    : `- ✗ **Does not help: ${escapeMarkdown(action)}.**`;
  return [
    `${said} ${escapeMarkdown(why)}`,
    ...(command === '' ? [] : [indented(markdownFence('sh', command))]),
    `  - Basis: ${basisWords(mitigation)}`,
    ...(hasSideEffects(mitigation) ? [`  - Side effects: ${escapeMarkdown(sideEffects)}`] : []),
  ].join('\n');
}

function missingBlock({ what, command }: MissingEvidence): string {
  return `- ${escapeMarkdown(what)}\n${indented(markdownFence('sh', command))}`;
}

/** Inside the point of a list. */
function indented(block: string): string {
  return block.replace(/^/gm, '  ');
}
