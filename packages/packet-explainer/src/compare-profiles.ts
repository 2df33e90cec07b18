import type { Conversation } from '@tuplescope/conversation';
import { ALL_PROFILES, behaviourOf, type Profile, type Sysctls } from '@tuplescope/kernel-model';
import type { CapturedPackets } from './captured-packets.ts';
import type { PlacedPacket } from './course.ts';
import { beginExplaining } from './explaining.ts';
import type { Contradiction } from './explanation.ts';
import { groupLineages } from './group-lineages.ts';
import { lineagePackets } from './lineage-packets.ts';
import { referenceTo } from './packet-reference.ts';
import type { ProfileComparison } from './profile-comparison.ts';
import { trackLineage } from './track-lineage.ts';

/** So many groups of conversations are compared: those that tell something tell the same. */
const MOST_LINEAGES = 1000;

/** So many contradictions of a profile are told. */
const MOST_CONTRADICTIONS = 10;

/** Options of a comparison. */
export interface CompareOptions {
  /** Default: every profile that ships. */
  readonly profiles?: readonly Profile[];
  /** Sysctls that win over the captured ones; one that a profile lacks is left out for it. */
  readonly sysctls?: Readonly<Partial<Sysctls>>;
}

/**
 * Asks which kernels could have done what captures show. Only connections that NAT translates can
 * tell: whether a packet left translated shows conntrack's verdict. Profiles that behave alike are
 * asked once.
 *
 * @example
 * compareProfiles(packets).filter(({ contradictions }) => contradictions.length === 0).length // 3
 */
export function compareProfiles(
  packets: CapturedPackets,
  { profiles = ALL_PROFILES, sysctls = {} }: CompareOptions = {},
): ProfileComparison[] {
  const telling = tellingLineages(packets);
  const known = new Map<string, readonly Contradiction[]>();
  return profiles.map((profile) => {
    const key = JSON.stringify([behaviourOf(profile), profile.sysctls]);
    const contradictions = known.get(key) ?? contradictionsOf(packets, telling, profile, sysctls);
    known.set(key, contradictions);
    return { profile, contradictions };
  });
}

interface Telling {
  readonly conversations: readonly Conversation[];
  readonly packets: readonly PlacedPacket[];
}

function tellingLineages({ conversations }: CapturedPackets): Telling[] {
  const lineages: Telling[] = [];
  for (const ids of groupLineages(conversations)) {
    const members = ids.map((id) => conversations.at(id));
    const isTranslated = members.some(({ translated }) => translated !== null);
    const isOrderly = members.length === 1 && members[0]?.ended === 'closed';
    if (!isTranslated || isOrderly) continue;
    lineages.push({ conversations: members, packets: lineagePackets(conversations, members) });
    if (lineages.length === MOST_LINEAGES) break;
  }
  return lineages;
}

function contradictionsOf(
  packets: CapturedPackets,
  telling: readonly Telling[],
  profile: Profile,
  sysctls: Readonly<Partial<Sysctls>>,
): Contradiction[] {
  const own = Object.entries(sysctls).filter(
    ([name]) => profile.sysctls[name as keyof Sysctls] !== null,
  );
  const explaining = beginExplaining(packets, profile, Object.fromEntries(own));
  const contradictions: Contradiction[] = [];
  for (const { conversations, packets: placed } of telling) {
    for (const { packet, contradiction } of trackLineage(explaining, conversations, placed)) {
      if (contradiction === null) continue;
      contradictions.push({ ...referenceTo(packets.captures, packet), why: contradiction });
      if (contradictions.length === MOST_CONTRADICTIONS) return contradictions;
    }
  }
  return contradictions;
}
