import {
  Disposable,
  DocumentSymbol,
  FoldingRange,
  FoldingRangeKind,
  languages,
  SymbolKind,
} from 'vscode';
import type { CaptureSection } from '../../protocol/analysis.ts';
import { LANGUAGES, type Sessions } from '../incident/sessions.ts';
import { editorRange } from './editor-range.ts';

/** Outlines a text by commands and records, and folds each. */
export function provideOutline(sessions: Sessions): Disposable {
  const selector = [...LANGUAGES];
  return Disposable.from(
    languages.registerDocumentSymbolProvider(
      selector,
      {
        // The editor keeps the answer until the text changes, so it must not come too early.
        provideDocumentSymbols: async (document) =>
          (await sessions.settled(document.uri))?.file.sections.map(symbolOf) ?? [],
      },
      { label: 'Tuplescope' },
    ),
    languages.registerFoldingRangeProvider(selector, {
      onDidChangeFoldingRanges: sessions.onDidChange,
      provideFoldingRanges: (document) =>
        sessions.find(document.uri)?.file.sections.flatMap(foldsOf) ?? [],
    }),
  );
}

function symbolOf({ kind, command, records, range, items }: CaptureSection): DocumentSymbol {
  const whole = editorRange(range);
  const symbol = new DocumentSymbol(command ?? kind, `${records}`, SymbolKind.Module, whole, whole);
  symbol.children = items.map(({ name, detail, range: place }) => {
    const own = editorRange(place);
    return new DocumentSymbol(name.trim() || kind, detail, SymbolKind.Field, own, own);
  });
  return symbol;
}

function foldsOf({ range, items }: CaptureSection): FoldingRange[] {
  return [range, ...items.map((item) => item.range)]
    .map(({ line, endLine, endCharacter }) => ({
      line,
      last: endCharacter === 0 ? endLine - 1 : endLine,
    }))
    .filter(({ line, last }) => last > line)
    .map(({ line, last }) => new FoldingRange(line, last, FoldingRangeKind.Region));
}
