import type { Conversations } from '@tuplescope/conversation';

/**
 * Groups conversations by what followed what on the same ends: a port used again meets what the
 * connection before it left. Gives the numbers of each group's conversations, in the order of time.
 */
export function groupLineages(conversations: Conversations): number[][] {
  const groups: number[][] = [];
  const groupOf = new Uint32Array(conversations.length);
  for (let id = 0; id < conversations.length; id++) {
    const previous = conversations.previousOf(id);
    if (previous === null) groupOf[id] = groups.push([id]) - 1;
    else {
      const group = groupOf[previous] as number;
      groupOf[id] = group;
      (groups[group] as number[]).push(id);
    }
  }
  return groups;
}
