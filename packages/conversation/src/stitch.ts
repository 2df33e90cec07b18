import { addRows, findFlows } from './add-rows.ts';
import type { Capture } from './capture.ts';
import { type CapturePages, capturePages, feedOf } from './capture-pages.ts';
import { Conversations } from './conversations.ts';
import { mergeCaptures } from './merge-captures.ts';
import type { NatKnowledge } from './nat-knowledge.ts';
import { newTracking, type Tracking, withHindsight } from './tracking.ts';

/** A look at the packets may show translations that explain packets before; more looks show no more. */
const LOOKS = 3;

/**
 * Puts the segments of captures together by the connections that they belong to: across interfaces
 * and files, and across address translation.
 *
 * A SYN with a new initial sequence number begins a conversation; what comes after it on the same
 * ends belongs to it, also what carries numbers of a conversation before (`older` says so).
 * Translations come from conntrack entries and from the ports that rules redirect to; without them
 * sequence numbers tell, and `translated.basis` says which. Never throws; time is linear in the
 * segments.
 *
 * @example
 * const conversations = stitch([
 *   { name: 'lo', segments: parsePcap(lo) },
 *   { name: 'eth0', segments: parsePcap(eth0) },
 * ]);
 * for (const { client, server, state } of conversations) show(client, server, state);
 * conversations.packetsOf(0)[1].answers // 0
 */
export function stitch(captures: readonly Capture[], knowledge: NatKnowledge = {}): Conversations {
  const sources = captures.map(capturePages);
  let tracking = newTracking(knowledge);
  for (const source of sources) {
    const feed = feedOf(source);
    for (const page of source.pages) {
      findFlows(tracking, feed, page.columns, 0, page.columns.length, page.sides);
    }
  }
  const order = new Uint32Array(sources.reduce((rows, { length }) => rows + length, 0));
  for (let look = 1; ; look++) {
    const known = tracking.links.count;
    track(tracking, sources, order);
    if (tracking.links.count === known || look === LOOKS) break;
    tracking = withHindsight(tracking);
  }
  return new Conversations(tracking, sources, order);
}

/** Looks at all rows once; notes their order, as row numbers that go on from capture to capture. */
function track(tracking: Tracking, sources: readonly CapturePages[], order: Uint32Array): void {
  const bases: number[] = [];
  let rows = 0;
  for (const { index, length } of sources) {
    bases[index] = rows;
    rows += length;
  }
  let place = 0;
  for (const { capture, feed, page, from, to } of mergeCaptures(tracking, sources)) {
    addRows(tracking, feed, page.columns, from, to, page.sides, page.ids);
    const base = (bases[capture.index] as number) + page.start;
    for (let row = from; row < to; row++) order[place++] = base + row;
  }
}
