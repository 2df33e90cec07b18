import type { Evidence } from '@tuplescope/collision-detector';
import type { Location } from 'sarif';
import { shownText } from '../markup.ts';
import { relativeUri } from './relative-uri.ts';

/** Says where a record stands: its file, the line where it begins, and its bytes. */
export function sarifLocation({ file, line, start, end, packet, says }: Evidence): Location {
  const what = packet === null ? says : `Packet ${packet}: ${says}`;
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file) },
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
