import {
  type EntryInput,
  entryPackets,
  type Segment,
  type Tracker,
} from '@tuplescope/kernel-model';
import type { Evidence } from './evidence.ts';
import type { SegmentMaker } from './fill-segment.ts';

/** What was assumed, as a sentence; null: nothing. */
export type Assumed = string | null;

/**
 * Gives a tracker the entry that a packet in the middle of a connection must have met: as a listing
 * shows it, else established. Nothing where a listing shows that there was none.
 */
export function supposeEntry(
  tracker: Tracker,
  { entryAt, goneAt }: Evidence,
  { original, reply }: SegmentMaker['tuples'],
  segment: Segment,
): Assumed {
  const { at } = segment;
  const known = entryAt(original, at);
  if (known === null && goneAt(original).some((time) => time < at)) return null;
  if (!isOneFamily(tracker, [original.src, original.dst, reply.src, reply.dst])) return null;
  tracker.takeBack();
  const isOriginal = segment.sport === original.sport && segment.dport === original.dport;
  const next = isOriginal
    ? { clientNext: segment.seq >>> 0, serverNext: segment.ack >>> 0 }
    : { clientNext: segment.ack >>> 0, serverNext: segment.seq >>> 0 };
  const entry: EntryInput = {
    ...(known ?? { state: 'ESTABLISHED', timeout: Number.MAX_SAFE_INTEGER }),
    original,
    reply,
    ...next,
  };
  for (const packet of entryPackets(entry, tracker.sysctls, at)) tracker.track(packet);
  return known === null
    ? 'The capture does not show the beginning: an established entry is assumed.'
    : `Its entry is as the last listing before it shows it: ${known.state}.`;
}

/** Whether a tracker can have an entry of such addresses: a damaged text may hold anything. */
export function isOneFamily({ addresses }: Tracker, texts: readonly string[]): boolean {
  const families = texts.map((text) => addresses.read(text)?.family ?? null);
  return families.every((family) => family !== null && family === families[0]);
}
