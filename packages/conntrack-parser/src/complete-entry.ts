import type { EntryDraft } from './entry-draft.ts';
import { HAS_PORTS, REPLY_HAS_PORTS, UNNAMED } from './entry-flags.ts';
import { hasPorts, isIcmp } from './protocols.ts';

/**
 * Checks that a draft has all that an entry of its protocol has, and packs ICMP's type and code into
 * one number. Gives what is missing first, or null.
 *
 * @param hasIcmpFields whether the form prints them: XML does not, `-o save` for one tuple only.
 */
export function completeEntry(draft: EntryDraft, hasIcmpFields: boolean): string | null {
  if (draft.protocol < 0) return 'a protocol';
  // A tool or kernel that has no name for a protocol has no fields for it either.
  const isNamed = (draft.flags & UNNAMED) === 0;
  const needsFields = isIcmp(draft.protocol) ? hasIcmpFields : isNamed && hasPorts(draft.protocol);
  for (const direction of [0, 1] as const) {
    const tuple = draft.tuples[direction];
    const ofTuple = `of the ${direction === 0 ? 'original' : 'reply'} tuple`;
    if (tuple.src < 0 || tuple.dst < 0) return `${tuple.src < 0 ? 'src' : 'dst'} ${ofTuple}`;
    if (tuple.type >= 0 && tuple.code >= 0) tuple.dport = tuple.type * 256 + tuple.code;
    const isWhole = tuple.sport >= 0 && tuple.dport >= 0;
    if (isWhole) draft.flags |= direction === 0 ? HAS_PORTS : REPLY_HAS_PORTS;
    const isPart = !isWhole && (tuple.sport >= 0 || tuple.dport >= 0 || tuple.type >= 0);
    if (!isPart && (isWhole || !needsFields)) continue;
    return isIcmp(draft.protocol) ? `type, code and id ${ofTuple}` : `sport and dport ${ofTuple}`;
  }
  return null;
}
