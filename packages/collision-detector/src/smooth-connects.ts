import { type Conversations, NO_CONVERSATION } from '@tuplescope/conversation';
import type { PacketCapture } from '@tuplescope/incident';
import { ACK, parseTcpFlags, SYN } from '@tuplescope/net';

const HAS_SYN = 1;
const HAS_SYN_AGAIN = 2;
const HAS_SYN_ACK = 4;

/** The TCP flags of some rows of a capture, as bits. */
interface FlagColumn {
  readonly flags: ArrayLike<number>;
  readonly length: number;
}

/**
 * Gives what says whether a conversation connected smoothly, or not in these captures at all: no
 * capture has its SYN twice, and where one has it, one has a SYN-ACK. It looks at each row once.
 */
export function smoothConnects(
  captures: readonly PacketCapture[],
  conversations: Conversations,
): (conversation: number) => boolean {
  const marks = new Uint8Array(conversations.length);
  /** The capture that a conversation's SYN was seen in last, counted from 1. */
  const seenIn = new Uint32Array(conversations.length);
  for (const [index, capture] of captures.entries()) {
    const ids = conversations.ids(index);
    let start = 0;
    for (const { flags, length } of flagColumns(capture)) {
      for (let row = 0; row < length; row++) {
        const bits = flags[row] as number;
        if ((bits & SYN) === 0) continue;
        const id = ids[start + row] as number;
        if (id === NO_CONVERSATION) continue;
        const isAgain = seenIn[id] === index + 1;
        const mark = bits & ACK ? HAS_SYN_ACK : isAgain ? HAS_SYN | HAS_SYN_AGAIN : HAS_SYN;
        marks[id] = (marks[id] as number) | mark;
        if ((bits & ACK) === 0) seenIn[id] = index + 1;
      }
      start += length;
    }
  }
  return (conversation) => {
    const mark = marks[conversation] as number;
    return mark === 0 || mark === (HAS_SYN | HAS_SYN_ACK) || mark === HAS_SYN_ACK;
  };
}

function flagColumns({ content }: PacketCapture): readonly FlagColumn[] {
  if (content.kind === 'pcap') return content.table.columns;
  const flags = Array.from(content.table, (segment) => parseTcpFlags(segment.flags) ?? 0);
  return [{ flags, length: flags.length }];
}
