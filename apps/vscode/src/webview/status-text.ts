import type { CaptureStatus, PacketTexts } from '../protocol/packets.ts';
import { fillIn } from './fill-in.ts';

/**
 * Says how many packets there are, how many are shown, and how far the file is read and judged.
 *
 * @param judged how many in a hundred are judged; null where all are, or none will be.
 */
export function statusText(
  status: CaptureStatus,
  judged: number | null,
  texts: PacketTexts,
): string {
  const { packets, filter, isComplete, read, size } = status;
  const count =
    filter === null
      ? fillIn(texts.total, packets.toLocaleString())
      : fillIn(texts.shown, filter.matches.toLocaleString(), packets.toLocaleString());
  if (!isComplete && size > 0) {
    return `${count}, ${fillIn(texts.reading, Math.min(100, Math.floor((read / size) * 100)))}`;
  }
  return judged === null ? count : `${count}, ${fillIn(texts.judging, judged)}`;
}

/** What to say in place of the list, or null where there is a list. */
export function placeholderText(
  { packets, failure, isComplete, size, filter }: CaptureStatus,
  texts: PacketTexts,
): string | null {
  if (failure !== null) return failure;
  if (isComplete && size === 0) return texts.empty;
  if (isComplete && packets === 0) return fillIn(texts.total, 0);
  if (filter?.isComplete === true && filter.matches === 0) return texts.nothing;
  return null;
}
