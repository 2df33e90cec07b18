import { Location, Range } from 'vscode';
import type { FilePlace, TextRange } from '../../protocol/analysis.ts';
import type { Session } from '../incident/session.ts';

/** Makes the editor's range. */
export function editorRange({ line, character, endLine, endCharacter }: TextRange): Range {
  return new Range(line, character, endLine, endCharacter);
}

/** Makes the editor's location of a place in a text; null for a packet of a capture file. */
export function locationOf(session: Session, { path, range }: FilePlace): Location | null {
  return range === null ? null : new Location(session.uriOf(path), editorRange(range));
}
