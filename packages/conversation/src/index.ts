export { NO_CONVERSATION } from './add-rows.ts';
export type { Capture, CapturedSegment, SegmentSource } from './capture.ts';
export type {
  Basis,
  Confidence,
  Conversation,
  ConversationEnding,
  ConversationState,
  Translation,
} from './conversation.ts';
export type { ConversationPacket, Sighting } from './conversation-packet.ts';
export { ConversationTracker } from './conversation-tracker.ts';
export { Conversations } from './conversations.ts';
export type { NatEntry, NatKnowledge } from './nat-knowledge.ts';
export type { SegmentColumns } from './segment-columns.ts';
export { stitch } from './stitch.ts';
