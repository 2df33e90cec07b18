import type { Conversation } from '@tuplescope/conversation';
import type { Explanation } from './explanation.ts';

/** Conversations that followed each other on the same ends, as two connects from one port. */
export interface Lineage {
  /** In the order of their first packets. */
  readonly conversations: readonly Conversation[];
  /** Their packets in the order of time: every one, or those that were asked for. */
  readonly explanations: readonly Explanation[];
}
