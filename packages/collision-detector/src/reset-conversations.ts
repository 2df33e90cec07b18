import { NO_CONVERSATION } from '@tuplescope/conversation';
import { type Incident, packetCapturesOf } from '@tuplescope/incident';
import { RST } from '@tuplescope/net';
import type { DetectionContext } from './detector.ts';

/** So many are enough to know what happens in a capture; a scan makes one a port. */
const ENOUGH = 20_000;

/**
 * Finds the conversations in which a bare RST (no acknowledgement) was captured, by number: a socket
 * that gets what it does not know answers so. Packets are put together only where there is one.
 */
export function resetConversations(incident: Incident, { packets }: DetectionContext): number[] {
  const found = new Set<number>();
  for (const [index, { content }] of packetCapturesOf(incident.captures).entries()) {
    let ids: Uint32Array | null = null;
    const add = (row: number): void => {
      ids ??= packets().conversations.ids(index);
      const id = ids[row] as number;
      if (id !== NO_CONVERSATION && found.size < ENOUGH) found.add(id);
    };
    if (content.kind === 'tcpdump') {
      const { table } = content;
      for (let row = 0; row < table.length; row++) if (table.at(row).flags === 'R') add(row);
      continue;
    }
    let start = 0;
    for (const { flags, length } of content.table.columns) {
      for (let row = 0; row < length; row++) if (flags[row] === RST) add(start + row);
      start += length;
    }
  }
  return [...found].sort((a, b) => a - b);
}
