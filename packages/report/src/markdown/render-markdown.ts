import type { Incident } from '@tuplescope/incident';
import { collisionPackets } from '../collision-packets.ts';
import { contextFacts } from '../context-facts.ts';
import { nothingFound } from '../nothing-found.ts';
import type { AskedPort, Report, ReportFinding } from '../report.ts';
import { sayOnce } from '../say-once.ts';
import { countStates, STATE_TITLES } from '../states.ts';
import { count } from '../text-style.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { markdownFinding } from './markdown-finding.ts';
import { sequenceDiagram } from './sequence-diagram.ts';

/** More findings than this nobody reads in a ticket; the worst stand first. */
const MOST_FINDINGS = 20;

/**
 * Renders a report as Markdown, ready for a ticket: the summary, the findings by state with story,
 * packets (a Mermaid diagram), evidence, what helps and what is missing; at the end what was read.
 *
 * @param incidents the incidents of the report, for quoting their records and drawing their packets.
 * @example
 * renderMarkdown(report, incidents).split('\n')[0] // '# Tuplescope: 1 active, 1 latent, 1 past'
 */
export function renderMarkdown(
  report: Report,
  incidents: readonly Incident[],
  { port }: AskedPort = {},
): string {
  const findings = sayOnce(report.findings).slice(0, MOST_FINDINGS);
  const more = report.findings.length - findings.length;
  const packets = collisionPackets(report, incidents);
  const blocks = [
    `# Tuplescope: ${countStates(report.findings)}`,
    findings.length === 0 ? escapeMarkdown(nothingFound(report, port)) : summary(findings),
    ...findings.flatMap((finding, i) => {
      const heading = findings[i - 1]?.state === finding.state ? [] : [stateHeading(finding)];
      const diagram = packets?.finding === i ? sequenceDiagram(packets) : null;
      return [...heading, ...markdownFinding(finding, incidents, diagram)];
    }),
    ...(more > 0 ? [`… and ${count(more, 'finding')} more; \`--format json\` has them all.`] : []),
    '## Kernel, and what was read',
    contextFacts(report)
      .map(
        ([title, text]) => `${title === '' ? '  - ' : `- **${title}:** `}${escapeMarkdown(text)}`,
      )
      .join('\n'),
    `Made by tuplescope ${escapeMarkdown(report.tool.version)}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function summary(findings: readonly ReportFinding[]): string {
  return findings
    .map(({ state, summary: said }) => `- **${STATE_TITLES[state]}:** ${escapeMarkdown(said)}`)
    .join('\n');
}

function stateHeading({ state }: ReportFinding): string {
  return `## ${STATE_TITLES[state]}`;
}
