import { type Conversations, NO_CONVERSATION } from '@tuplescope/conversation';
import type { PacketCapture } from '@tuplescope/incident';
import { ACK, parseTcpFlags, SYN } from '@tuplescope/net';

/** Marks the conversations whose bare SYN one capture has twice: 1 at their number. */
export function conversationsWithSynAgain(
  captures: readonly PacketCapture[],
  conversations: Conversations,
): Uint8Array {
  const again = new Uint8Array(conversations.length);
  /** The capture that a conversation's SYN was seen in last, counted from 1. */
  const seenIn = new Uint32Array(conversations.length);
  for (const [index, { content }] of captures.entries()) {
    const ids = conversations.ids(index);
    let row = 0;
    for (const flags of flagsOf(content.table)) {
      const id = ids[row++] as number;
      if ((flags & (SYN | ACK)) !== SYN || id === NO_CONVERSATION) continue;
      if (seenIn[id] === index + 1) again[id] = 1;
      seenIn[id] = index + 1;
    }
  }
  return again;
}

function* flagsOf(table: PacketCapture['content']['table']): Generator<number> {
  if (!('columns' in table)) {
    for (const { flags } of table) yield parseTcpFlags(flags) ?? 0;
    return;
  }
  for (const { flags, length } of table.columns) {
    for (let row = 0; row < length; row++) yield flags[row] as number;
  }
}
