import { type Disposable, Hover, l10n, languages, MarkdownString, Range } from 'vscode';
import { explainField } from '../fields/explain-field.ts';
import { LANGUAGES, type Sessions } from '../incident/sessions.ts';
import { sectionAt } from './document-sections.ts';
import { editorRange } from './editor-range.ts';
import { findingMarkdown } from './finding-markdown.ts';
import { markdownText } from './markdown-text.ts';

/** Says on hover what a field means, and on a port that collides what was found. */
export function provideHovers(sessions: Sessions): Disposable {
  return languages.registerHoverProvider([...LANGUAGES], {
    provideHover: (document, position) => {
      const found = sessions.find(document.uri);
      if (found === null) return null;
      const { session, file } = found;
      const mark = file.marks.find(({ range }) => editorRange(range).contains(position));
      const finding = mark === undefined ? undefined : session.analysis?.findings[mark.finding];
      if (mark !== undefined && finding !== undefined) {
        return new Hover(findingMarkdown(session, finding), editorRange(mark.range));
      }
      const kind = sectionAt(file, position.line)?.kind;
      if (kind === undefined) return null;
      const { text } = document.lineAt(position.line);
      const field = explainField(kind, text, position.character);
      if (field === null) return null;
      const markdown = new MarkdownString().appendCodeblock(field.field, 'text');
      markdown.appendMarkdown(markdownText(l10n.t(field.text, ...field.values)));
      return new Hover(markdown, new Range(position.line, field.start, position.line, field.end));
    },
  });
}
