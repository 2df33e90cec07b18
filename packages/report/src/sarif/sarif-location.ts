import type { Evidence } from '@tuplescope/collision-detector';
import type { Location } from 'sarif';
import { shownText } from '../markup.ts';
import { relativeUri } from './relative-uri.ts';

/** What an absolute path is relative to, by the name that locations give it. */
export const ROOT = { id: 'ROOT', uri: 'file:///' } as const;

/** Says where a record stands: its file, the line where it begins, and its bytes. */
export function sarifLocation({ file, line, start, end, packet, says }: Evidence): Location {
  const what = packet === null ? says : `Packet ${packet}: ${says}`;
  return {
    physicalLocation: {
      artifactLocation: {
        uri: relativeUri(file),
        ...(isAbsolute(file) ? { uriBaseId: ROOT.id } : {}),
      },
      region: {
        // A capture file has no lines; its bytes tell.
        ...(line >= 1 ? { startLine: line } : {}),
        byteOffset: start,
        byteLength: Math.max(0, end - start),
      },
    },
    message: { text: shownText(what) },
  };
}

/** Only a path that was given so is absolute: what an archive holds stands behind the archive's name. */
export function isAbsolute(file: string): boolean {
  return file.startsWith('/');
}
