import { Disposable, type Location, languages, type Position, type TextDocument } from 'vscode';
import type { RelatedPlace } from '../../protocol/analysis.ts';
import type { Session } from '../incident/session.ts';
import { LANGUAGES, type Sessions } from '../incident/sessions.ts';
import { locationOf } from './editor-range.ts';

/** What holds a connection's state; a definition leads there, and from one of them to the others. */
const HOLDERS = new Set(['ss', 'conntrack']);

/** Moves between the socket, its entry, its log lines and its packets. */
export function provideNavigation(sessions: Sessions): Disposable {
  const selector = [...LANGUAGES];
  return Disposable.from(
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (document, position) => {
        const { session, places } = await relatedTo(sessions, document, position);
        const others = places.filter(({ isSelf }) => !isSelf);
        const holders = others.filter(({ kind }) => HOLDERS.has(kind));
        return locationsOf(session, holders.length > 0 ? holders : others);
      },
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, { includeDeclaration }) => {
        const { session, places } = await relatedTo(sessions, document, position);
        const asked = places.filter(({ isSelf }) => includeDeclaration || !isSelf);
        return locationsOf(session, asked);
      },
    }),
  );
}

async function relatedTo(
  sessions: Sessions,
  document: TextDocument,
  { line, character }: Position,
): Promise<{ session: Session | null; places: readonly RelatedPlace[] }> {
  const found = sessions.find(document.uri);
  if (found === null) return { session: null, places: [] };
  const { session, file } = found;
  const range = { line, character, endLine: line, endCharacter: character };
  return { session, places: await session.related(file.path, range) };
}

function locationsOf(session: Session | null, places: readonly RelatedPlace[]): Location[] {
  if (session === null) return [];
  return places.flatMap((place) => locationOf(session, place) ?? []);
}
