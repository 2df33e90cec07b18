import { CodeLens, type Disposable, l10n, languages } from 'vscode';
import type { FileInSession, Sessions } from '../incident/sessions.ts';
import { LANGUAGES } from '../incident/sessions.ts';
import { editorRange, locationOf } from './editor-range.ts';
import { familyName, stateName } from './names.ts';

/** Says above the first mark of each finding what collides, and shows its evidence on a click. */
export function provideLenses(sessions: Sessions): Disposable {
  return languages.registerCodeLensProvider([...LANGUAGES], {
    onDidChangeCodeLenses: sessions.onDidChange,
    provideCodeLenses: ({ uri }) => {
      const found = sessions.find(uri);
      return found === null ? [] : lensesOf(found);
    },
  });
}

function lensesOf({ session, file }: FileInSession): CodeLens[] {
  const told = new Set<number>();
  return file.marks.flatMap(({ range, finding: number }) => {
    const finding = session.analysis?.findings[number];
    if (finding === undefined || told.has(number)) return [];
    told.add(number);
    const { state, family, ports, evidence } = finding;
    const places = evidence.flatMap((place) => locationOf(session, place) ?? []);
    const name = `${stateName(state, l10n.t)} · ${familyName(family, l10n.t)}`;
    const place = editorRange(range);
    return new CodeLens(place, {
      title: l10n.t(
        '{0} · port {1} · {2} pieces of evidence',
        name,
        ports.join(', '),
        places.length,
      ),
      command: 'editor.action.showReferences',
      arguments: [session.uriOf(file.path), place.start, places],
    });
  });
}
