import { ConversationTracker } from '@tuplescope/conversation';
import { streamPcapColumns } from '@tuplescope/pcap-reader';

/** Reads a capture into columns and puts their rows into conversations, as it comes. */
export async function trackCapture(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ packets: number; conversations: number }> {
  const tracker = new ConversationTracker();
  const ids = new Uint32Array(8192);
  let packets = 0;
  for await (const columns of streamPcapColumns(chunks)) {
    tracker.add(columns, ids);
    packets += columns.length;
  }
  return { packets, conversations: tracker.length };
}
