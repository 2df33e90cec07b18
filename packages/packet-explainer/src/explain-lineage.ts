import type { ConversationPacket } from '@tuplescope/conversation';
import { windowOf } from './capture-source.ts';
import type { TrackedPacket } from './course.ts';
import type { Explaining } from './explaining.ts';
import type { Owner, PacketReference } from './explanation.ts';
import type { Lineage } from './lineage.ts';
import { lineagePackets } from './lineage-packets.ts';
import { PacketExplanation } from './packet-explanation.ts';
import { type KindTeller, kindTeller } from './packet-kind.ts';
import { referenceTo } from './packet-reference.ts';
import { type Roles, rolesOf, type Surroundings } from './roles.ts';
import { followSockets } from './sockets.ts';
import { trackLineage } from './track-lineage.ts';

/** What is known of one conversation while its packets are explained. */
interface Part {
  readonly roles: Roles;
  readonly kinds: KindTeller;
  /** Its packets by their indexes. */
  readonly packets: ConversationPacket[];
  /** The first packet that answers each, by the index of what it answers. */
  readonly answers: Map<number, ConversationPacket>;
}

/**
 * Explains the packets of conversations that followed each other.
 *
 * @param isWanted which of them; what comes before such a packet is followed all the same.
 */
export function explainLineage(
  explaining: Explaining,
  surroundings: Surroundings,
  ids: readonly number[],
  isWanted: (packet: ConversationPacket) => boolean,
): Lineage {
  const { conversations, captures, evidence } = explaining;
  const members = ids.map((id) => conversations.at(id));
  const placed = lineagePackets(conversations, members);
  const parts = new Map<number, Part>();
  for (const { conversation, packet } of placed) {
    const part =
      parts.get(conversation.id) ?? newPart(rolesOf(conversation, evidence, surroundings));
    parts.set(conversation.id, part);
    part.packets[packet.index] = packet;
    if (packet.answers !== null && !part.answers.has(packet.answers)) {
      part.answers.set(packet.answers, packet);
    }
  }
  const sockets = followSockets(explaining);
  const explanations = [];
  for (const tracked of trackLineage(explaining, members, placed)) {
    const { conversation, packet } = tracked;
    const part = parts.get(conversation.id) as Part;
    const [first] = packet.sightings;
    const capture = captures[first?.captureIndex ?? 0];
    const window = first === undefined || capture === undefined ? 0 : windowOf(capture, first.row);
    const socket = sockets.meet(tracked, part.roles, part.answers.get(packet.index) ?? null);
    const kind = part.kinds.tell(packet, window);
    if (!isWanted(packet)) continue;
    explanations.push(
      new PacketExplanation({
        tracked,
        profile: explaining.profile,
        captures,
        kind,
        sender: senderOf(tracked, part),
        socket,
        again: againAfter(part, packet),
        isn: conversation.isn.client,
        at: referenceTo(captures, packet),
        answers: referenceOrNull(captures, part.packets[packet.answers ?? -1]),
        older: olderBeginning(explaining, parts, packet),
      }),
    );
  }
  return { conversations: members, explanations };
}

function newPart(roles: Roles): Part {
  return { roles, kinds: kindTeller(), packets: [], answers: new Map() };
}

/** A reply to what left untranslated comes from the host that it left for. */
function senderOf(
  { packet, seenTranslated, conversation, verdict }: TrackedPacket,
  { roles, packets }: Part,
): Owner {
  if (packet.direction === 'original') return roles.client;
  const answered = packet.answers === null ? undefined : packets[packet.answers];
  const isAside =
    conversation.translated !== null &&
    seenTranslated === null &&
    verdict.nat.kind === 'none' &&
    packet.flags.includes('R');
  if (!isAside || answered === undefined) return roles.server;
  return roles.client === 'peer' ? 'none' : 'peer';
}

/** Seconds since the SYN, FIN or bytes were sent before. */
function againAfter(
  { packets }: Part,
  { index, at, retransmits, flags }: ConversationPacket,
): number | null {
  if (retransmits === null || at === null) return null;
  for (let before = index - 1; before >= retransmits; before--) {
    const packet = packets[before];
    const isSame = before === retransmits || packet?.retransmits === retransmits;
    if (packet?.at != null && isSame && packet.flags === flags) return at - packet.at;
  }
  return null;
}

function olderBeginning(
  explaining: Explaining,
  parts: ReadonlyMap<number, Part>,
  { older }: ConversationPacket,
): PacketReference | null {
  if (older === null || older.conversation === null) return null;
  return referenceOrNull(explaining.captures, parts.get(older.conversation)?.packets[0]);
}

function referenceOrNull(
  captures: Explaining['captures'],
  packet: ConversationPacket | undefined,
): PacketReference | null {
  return packet === undefined ? null : referenceTo(captures, packet);
}
