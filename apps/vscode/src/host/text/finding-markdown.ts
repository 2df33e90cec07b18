import { l10n, MarkdownString } from 'vscode';
import type { PlacedEvidence, PlacedFinding } from '../../protocol/analysis.ts';
import type { Session } from '../incident/session.ts';
import { markdownText } from './markdown-text.ts';
import { familyName, stateName } from './names.ts';
import { OPEN_EVIDENCE } from './open-evidence.ts';
import { placeName } from './place-name.ts';

/** A hover with more than these is not read. */
const MOST_EVIDENCE = 8;

/** Tells a finding in a hover, with links to the other evidence and what helps. */
export function findingMarkdown(session: Session, finding: PlacedFinding): MarkdownString {
  const { state, family, summary, confidence, confidenceReason, evidence, mitigations } = finding;
  const name = `${stateName(state, l10n.t)} · ${familyName(family, l10n.t)}`;
  const left = evidence.length - MOST_EVIDENCE;
  const helps = mitigations.find(({ works }) => works);
  const lines = [
    `**${markdownText(name)}**`,
    markdownText(summary),
    `${markdownText(confidence)}: ${markdownText(confidenceReason)}`,
    '---',
    [
      ...evidence.slice(0, MOST_EVIDENCE).map((piece) => evidenceItem(session, piece)),
      ...(left > 0 ? [`- ${markdownText(l10n.t('… and {0} more', left))}`] : []),
    ].join('\n'),
    ...(helps === undefined ? [] : [markdownText(l10n.t('What helps: {0}', helps.action))]),
  ];
  const markdown = new MarkdownString(lines.join('\n\n'));
  markdown.isTrusted = { enabledCommands: [OPEN_EVIDENCE] };
  return markdown;
}

function evidenceItem(session: Session, evidence: PlacedEvidence): string {
  const { path, range, packet, says } = evidence;
  const place = { uri: session.uriOf(path).toString(), range, packet };
  const link = `command:${OPEN_EVIDENCE}?${encodeURIComponent(JSON.stringify([place]))}`;
  // encodeURIComponent leaves round brackets, which would end the link.
  const target = link.replaceAll('(', '%28').replaceAll(')', '%29');
  return `- [${markdownText(placeName(evidence, l10n.t))}](${target}) ${markdownText(says)}`;
}
