import { u32In } from './byte-order.ts';
import { FAR, MOST_BELIEVED, MOST_CAPTURED } from './record-limits.ts';
import { recover, starve, type Walk } from './walk.ts';

/** From a place where a packet may begin, so many bytes tell whether it does. */
const LOOKAHEAD = 1 << 20;
/** So many packets in a row are no accident. */
const CHAIN = 3;

/** Searches for the next place where packets begin; false where the window ends before it. */
export function findRecord(walk: Walk): boolean {
  const last = walk.isLast ? walk.end : walk.end - LOOKAHEAD;
  for (; walk.at < last; walk.at++) {
    if (isChain(walk)) {
      recover(walk);
      return true;
    }
  }
  if (walk.isLast) recover(walk);
  // Twice as many bytes as a look ahead takes, so that each is copied a fixed number of times.
  return starve(walk, 2 * LOOKAHEAD);
}

/**
 * Says whether {@link CHAIN} packets in a row begin where the walk stands; fewer are enough where the
 * file ends after them and they are near in time to the last packet.
 */
function isChain(walk: Walk): boolean {
  const { bytes, end, section } = walk;
  const { isLittle, headerLength } = section;
  if (walk.at + headerLength > end || !isLikely(walk, walk.at)) return false;
  let seconds = u32In(bytes, walk.at, isLittle);
  const isNear = walk.lastSeconds >= 0 && Math.abs(seconds - walk.lastSeconds) <= FAR;
  let at = walk.at + headerLength + u32In(bytes, walk.at + 8, isLittle);
  for (let links = 1; links < CHAIN; links++) {
    if (at === end) return isNear || links > 1;
    if (at + headerLength > end || !isLikely(walk, at)) return false;
    const next = u32In(bytes, at, isLittle);
    if (Math.abs(next - seconds) > FAR) return false;
    seconds = next;
    at += headerLength + u32In(bytes, at + 8, isLittle);
    // The file's last packet may be cut.
    if (at > end) return isNear;
  }
  return true;
}

/** Says whether a header stands here that has nothing odd in it. */
export function isLikely(walk: Walk, at: number): boolean {
  const { bytes, section } = walk;
  const { isLittle } = section;
  const captured = u32In(bytes, at + 8, isLittle);
  if (captured === 0 || captured > MOST_CAPTURED) return false;
  const wire = u32In(bytes, at + 12, isLittle);
  return (
    captured <= wire && wire <= MOST_BELIEVED && u32In(bytes, at + 4, isLittle) < section.fractions
  );
}
