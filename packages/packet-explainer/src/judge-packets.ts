import type { ConversationPacket } from '@tuplescope/conversation';
import type { Ctstate } from '@tuplescope/kernel-model';
import type { CapturedPackets } from './captured-packets.ts';
import type { PlacedPacket } from './course.ts';
import type { ExplainOptions } from './explain-packets.ts';
import { beginExplaining } from './explaining.ts';
import type { Contradiction } from './explanation.ts';
import { groupLineages } from './group-lineages.ts';
import { judgePlain } from './judge-plain.ts';
import { lineagePackets } from './lineage-packets.ts';
import { referenceTo } from './packet-reference.ts';
import { trackLineage } from './track-lineage.ts';

/** What conntrack says of all packets, counted. */
export interface Judgement {
  readonly packets: number;
  readonly byCtstate: Readonly<Record<Ctstate, number>>;
  /** The first packets that the profile would have treated otherwise. */
  readonly contradictions: readonly Contradiction[];
  /** How many there are in all. */
  readonly contradicting: number;
}

/** Gets a packet with its verdict, and why the capture contradicts it or null. */
export type JudgementVisitor = (
  packet: ConversationPacket,
  ctstate: Ctstate,
  contradiction: string | null,
) => void;

/** So many contradictions are told; one is enough to rule a profile out. */
const MOST_CONTRADICTIONS = 100;

/**
 * Judges all packets by a kernel without explaining them: conntrack's verdict, and whether the capture
 * agrees. Several times as fast as explaining each; what a list of millions of packets needs.
 *
 * @param visit gets each packet, by groups of conversations.
 * @example
 * judgePackets(packets, { profile }).byCtstate.INVALID // 8
 */
export function judgePackets(
  packets: CapturedPackets,
  { profile, sysctls }: ExplainOptions,
  visit?: JudgementVisitor,
): Judgement {
  const explaining = beginExplaining(packets, profile, sysctls);
  const { conversations, captures } = packets;
  const byCtstate = { NEW: 0, ESTABLISHED: 0, RELATED: 0, INVALID: 0, UNTRACKED: 0 };
  const contradictions: Contradiction[] = [];
  let count = 0;
  let contradicting = 0;

  function take({ packet }: PlacedPacket, ctstate: Ctstate, contradiction: string | null): void {
    count++;
    byCtstate[ctstate]++;
    visit?.(packet, ctstate, contradiction);
    if (contradiction === null) return;
    contradicting++;
    if (contradictions.length >= MOST_CONTRADICTIONS) return;
    contradictions.push({ ...referenceTo(captures, packet), why: contradiction });
  }

  for (const ids of groupLineages(conversations)) {
    const members = ids.map((id) => conversations.at(id));
    const placed = lineagePackets(conversations, members);
    if (members.every(({ translated }) => translated === null)) {
      judgePlain(explaining, members, placed, take);
      continue;
    }
    for (const tracked of trackLineage(explaining, members, placed)) {
      take(tracked, tracked.ctstate, tracked.contradiction);
    }
  }
  return { packets: count, byCtstate, contradictions, contradicting };
}
