import { BYTE_ORDER_MAGIC, isKnownBlock, SECTION_HEADER } from './block-types.ts';
import { u32In } from './byte-order.ts';
import { recover, starve, type Walk } from './walk.ts';

/** Where it is doubtful that a block begins, it is taken for one up to this length. */
const MOST_LIKELY = 1 << 20;

/** Searches for the next place where a block begins; false where the window ends before it. */
export function findBlock(walk: Walk): boolean {
  const last = walk.isLast ? walk.end - 11 : walk.end - MOST_LIKELY;
  for (; walk.at < last; walk.at++) {
    if (isLikely(walk)) {
      recover(walk);
      return true;
    }
  }
  if (walk.isLast) {
    walk.at = walk.end;
    recover(walk);
  }
  return starve(walk, 2 * MOST_LIKELY);
}

/** A known type, and a length that stands at both ends: no accident. */
function isLikely({ bytes, at, end, section }: Walk): boolean {
  const type = u32In(bytes, at, section.isLittle);
  if (!isKnownBlock(type)) return false;
  let { isLittle } = section;
  if (type === SECTION_HEADER) {
    isLittle = u32In(bytes, at + 8, true) === BYTE_ORDER_MAGIC;
    if (!isLittle && u32In(bytes, at + 8, false) !== BYTE_ORDER_MAGIC) return false;
  }
  const length = u32In(bytes, at + 4, isLittle);
  if (length < 12 || length > MOST_LIKELY || length % 4 !== 0 || at + length > end) return false;
  return u32In(bytes, at + length - 4, isLittle) === length;
}
