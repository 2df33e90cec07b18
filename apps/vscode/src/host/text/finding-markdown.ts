import { l10n, MarkdownString } from 'vscode';
import type { PlacedEvidence, PlacedFinding } from '../../protocol/analysis.ts';
import type { Session } from '../incident/session.ts';
import { FAMILY_NAMES, STATE_NAMES } from './names.ts';
import { OPEN_EVIDENCE } from './open-evidence.ts';

/** A hover with more than these is not read. */
const MOST_EVIDENCE = 8;

/**
 * Tells a finding in a hover, with links to the other evidence. Everything that comes from the
 * incident is appended as text, never as Markdown.
 */
export function findingMarkdown(session: Session, finding: PlacedFinding): MarkdownString {
  const markdown = new MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: [OPEN_EVIDENCE] };
  markdown.appendMarkdown('**');
  markdown.appendText(`${STATE_NAMES[finding.state]} · ${FAMILY_NAMES[finding.family]}`);
  markdown.appendMarkdown('**\n\n');
  markdown.appendText(finding.summary);
  markdown.appendMarkdown('\n\n');
  markdown.appendText(`${finding.confidence}: ${finding.confidenceReason}`);
  markdown.appendMarkdown(`\n\n---\n\n`);
  for (const evidence of finding.evidence.slice(0, MOST_EVIDENCE)) {
    markdown.appendMarkdown(`- [`);
    markdown.appendText(placeName(evidence));
    markdown.appendMarkdown(`](${commandLink(session, evidence)}) `);
    markdown.appendText(evidence.says);
    markdown.appendMarkdown('\n');
  }
  const left = finding.evidence.length - MOST_EVIDENCE;
  if (left > 0) markdown.appendMarkdown(`- ${l10n.t('… and {0} more', left)}\n`);
  const helps = finding.mitigations.find(({ works }) => works);
  if (helps !== undefined) {
    markdown.appendMarkdown('\n');
    markdown.appendText(l10n.t('What helps: {0}', helps.action));
  }
  return markdown;
}

/** Where a piece of evidence is, as people say it. */
export function placeName({ path, range, packet }: Omit<PlacedEvidence, 'says'>): string {
  if (range !== null) return `${path}:${range.line + 1}`;
  return packet === null ? path : l10n.t('{0} packet {1}', path, packet);
}

function commandLink(session: Session, { path, range, packet }: PlacedEvidence): string {
  const place = { uri: session.uriOf(path).toString(), range, packet };
  return `command:${OPEN_EVIDENCE}?${encodeURIComponent(JSON.stringify([place]))}`;
}
