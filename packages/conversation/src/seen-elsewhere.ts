import type { Arrival } from './arrival.ts';
import { join } from './begin-conversation.ts';
import * as is from './conversation-columns.ts';
import { isAfter, isIntercepted, isTranslated } from './find-link.ts';
import { gather } from './flow-notes.ts';
import type { FlowTable } from './flow-table.ts';
import { IS_LINKED } from './flow-words.ts';
import type { Tracking } from './tracking.ts';

/** Seconds between two sightings of one SYN at two points, at most. */
const SOON = 3;
const ACK = 0x10;

/** Says whether a conversation began with this number. */
export function hasIsn({ conversations }: Tracking, conversation: number, isn: number): boolean {
  return (
    (conversations.state(conversation) & is.HAS_ISN) !== 0 &&
    conversations.clientIsn(conversation) === isn
  );
}

/**
 * Finds the conversation of a SYN or SYN-ACK whose number was seen on another flow: of a translation
 * that is known, or of one that this shows. -1 where there is none.
 */
export function seenElsewhere(
  tracking: Tracking,
  { flow, at, flags, seq, ipId, point }: Arrival,
  isn: number,
  clientIsSecond: boolean,
): number {
  const { flows, links, conversations, isns } = tracking;
  const isLinked = (flows.bits(flow) & IS_LINKED) !== 0;
  for (const link of isLinked ? links.of(flow) : []) {
    const partner = link.before === flow ? link.after : link.before;
    const conversation = flows.current(partner);
    if (conversation >= 0 && hasIsn(tracking, conversation, isn)) {
      flows.orient(flow, clientIsSecond);
      return join(tracking, flow, conversation);
    }
  }
  const twin = isns.get(isn);
  if (twin < 0 || !hasIsn(tracking, twin, isn)) return -1;
  const isAnswer = (flags & ACK) !== 0;
  const firstIpId = isns.ipId(isn);
  const isKnown = ipId > 0 && firstIpId > 0;
  if (!isAnswer && isKnown && ipId !== firstIpId) return -1;
  // Two answers to one number are two servers', unless it is one answer seen twice.
  const isAnswered = (conversations.state(twin) & is.HAS_SERVER_ISN) !== 0;
  if (isAnswer && isAnswered && conversations.serverIsn(twin) !== seq) return -1;
  gather(tracking, twin);
  if (!(Math.abs(at - conversations.last(twin)) <= SOON)) return -1;
  const after = conversations.after(twin);
  const other = after >= 0 ? after : conversations.before(twin);
  flows.orient(flow, clientIsSecond);
  const shared = sharedEnds(flows, flow, other);
  if (other === flow || shared === null) return -1;
  // Port scanners send one number to many: something else must say that this is one SYN seen twice.
  const isBacked = isAnswer || isKnown;
  const isElsewhere = point !== isns.point(isn) || isTranslated(tracking, flow, other);
  if (!isBacked && (shared === 'address' || !isElsewhere)) return -1;
  const isOtherAfter = isAfter(tracking, other, flow, isAnswer || after >= 0);
  const hasRule = isIntercepted(tracking, flow) !== isIntercepted(tracking, other);
  const same = `it begins with the same number at the same time, with the same ${shared} on one side`;
  links.add({
    before: isOtherAfter ? flow : other,
    after: isOtherAfter ? other : flow,
    basis: hasRule ? 'rules' : 'sequence',
    confidence: hasRule || shared === 'endpoint' ? 'certain' : 'likely',
    why: hasRule ? `a rule redirects to this port, ${same}` : same,
  });
  return join(tracking, flow, twin);
}

/** The most that two flows have in common, client with client or server with server. */
function sharedEnds(
  flows: FlowTable,
  flow: number,
  other: number,
): 'endpoint' | 'port' | 'address' | null {
  const { words } = flows;
  let shared: 'port' | 'address' | null = null;
  for (const isClient of [true, false]) {
    const a = flows.end(flow, isClient);
    const b = flows.end(other, isClient);
    const hasPort = words[a + 1] === words[b + 1];
    if (hasPort && words[a] === words[b]) return 'endpoint';
    // A port is changed where another connection has it after translation.
    if (words[a] === words[b]) shared = 'address';
    if (hasPort) shared = 'port';
  }
  return shared;
}
