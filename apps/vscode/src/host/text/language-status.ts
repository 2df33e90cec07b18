import {
  commands,
  Disposable,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  window,
} from 'vscode';
import type { FileAnalysis } from '../../protocol/analysis.ts';
import { LANGUAGES, type Sessions } from '../incident/sessions.ts';

const HIGHLIGHT = 'tuplescope.highlight';

/** The editor's language for captured text. */
const CAPTURE = 'tuplescope-capture';

/**
 * Says at the language of a text what was recognised in it, and offers to highlight it as such. The
 * language is never changed without being asked.
 */
export function showLanguageStatus(sessions: Sessions): Disposable {
  const item = languages.createLanguageStatusItem('tuplescope.recognised', [...LANGUAGES]);
  item.name = 'Tuplescope';
  const show = (): void => {
    const document = window.activeTextEditor?.document;
    const found = document === undefined ? null : sessions.find(document.uri);
    item.text = found === null ? l10n.t('No captured output') : recognisedText(found.file);
    item.severity = LanguageStatusSeverity.Information;
    item.command =
      document !== undefined && found !== null && isOffered(document, found.file)
        ? { command: HIGHLIGHT, title: l10n.t('Highlight') }
        : undefined;
  };
  show();
  return Disposable.from(
    item,
    sessions.onDidChange(show),
    window.onDidChangeActiveTextEditor(show),
    commands.registerCommand(HIGHLIGHT, async () => {
      const document = window.activeTextEditor?.document;
      if (document === undefined) return;
      await languages.setTextDocumentLanguage(document, CAPTURE);
    }),
  );
}

/** Only a text that is nothing but captured output: a transcript in Markdown stays Markdown. */
function isOffered({ languageId }: TextDocument, { sections }: FileAnalysis): boolean {
  return languageId !== CAPTURE && languageId !== 'markdown' && sections.length > 0;
}

function recognisedText({ sections }: FileAnalysis): string {
  const counts = new Map<string, number>();
  for (const { kind, records } of sections) counts.set(kind, (counts.get(kind) ?? 0) + records);
  return [...counts].map(([kind, records]) => `${kind} ${records}`).join(' · ');
}
