import type { Conversation } from '@tuplescope/conversation';
import { createTracker, type NatRule, type Tracker } from '@tuplescope/kernel-model';
import { isSameEndpoint } from '@tuplescope/net';
import { isOneFamily } from './entry-assumptions.ts';
import type { Explaining } from './explaining.ts';
import type { SegmentMaker } from './fill-segment.ts';

/**
 * Gives the tracker for conversations that followed each other: one of their own with their
 * translations as rules, or the plain one where nothing is translated.
 */
export function lineageTracker(
  { profile, sysctls, plain }: Explaining,
  conversations: readonly Conversation[],
): Tracker {
  const nat = conversations.filter((one) => canTranslate(plain, one)).flatMap(rulesOf);
  return nat.length === 0 ? plain : createTracker({ profile, sysctls, nat });
}

function canTranslate(tracker: Tracker, { client, server, translated }: Conversation): boolean {
  if (translated === null) return false;
  const behind = [translated.client, translated.server];
  // No rule translates to port 0.
  if (behind.some(({ port }) => port === 0)) return false;
  const addresses = [client, server, ...behind].map(({ address }) => address);
  return isOneFamily(tracker, addresses);
}

/**
 * The rules that translate a conversation as it was seen: whatever the real ones are, they did so. A
 * tuple that is used again may be translated otherwise, so that not the tuple but a name that stands
 * for the conversation tells which rule is its own.
 */
function rulesOf(conversation: Conversation): NatRule[] {
  const { client, server, translated } = conversation;
  if (translated === null) return [];
  const match = { interface: ruleName(conversation) };
  const rules: NatRule[] = [];
  if (!isSameEndpoint(translated.server, server)) {
    const { address, port } = translated.server;
    rules.push({ hook: 'output', match, action: { kind: 'dnat', address, port } });
  }
  if (!isSameEndpoint(translated.client, client)) {
    const { address, port } = translated.client;
    rules.push({ hook: 'postrouting', match, action: { kind: 'snat', address, port } });
  }
  return rules;
}

/** Gives the name of the interface that a conversation's packets have for its rules. */
export function ruleName({ id }: Conversation): string {
  return `conversation ${id}`;
}

/** Leaves nothing of a conversation, whatever time it is for those that come next. */
export function forget(tracker: Tracker, { tuples }: Pick<SegmentMaker, 'tuples'>): void {
  tracker.delete(tuples.original, Number.NEGATIVE_INFINITY);
  tracker.delete(tuples.reply, Number.NEGATIVE_INFINITY);
}
