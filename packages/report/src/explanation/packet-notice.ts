import type { Explanation, Lineage } from '@tuplescope/packet-explainer';

/**
 * The part that a packet plays in a collision: the SYN that meets an old socket, the challenge ACK
 * that answers it, and the RST that answers that, which is lost or heard.
 */
export type CollisionPart = 'syn' | 'challenge-ack' | 'rst-lost' | 'rst-heard';

/** What each part is called, in capitals: a reader looks for them. */
export const PART_TITLES: Readonly<Record<CollisionPart, string>> = {
  syn: 'COLLISION',
  'challenge-ack': 'CHALLENGE ACK',
  'rst-lost': 'RST LOST',
  'rst-heard': 'RST HEARD',
};

/** Says which part a packet plays in a collision, or null: none. */
export function collisionPart(explanation: Explanation): CollisionPart | null {
  const { kind, socket } = explanation;
  if (kind === 'challenge-ack') return 'challenge-ack';
  if (kind === 'rst-of-challenge') return isAstray(explanation) ? 'rst-lost' : 'rst-heard';
  if (kind !== 'syn' && kind !== 'syn-again') return null;
  return socket?.does === 'challenge-ack' || socket?.does === 'suppressed' ? 'syn' : null;
}

/**
 * Says whether a packet of a redirected connection left untranslated, for the host that it names and
 * not for who should get it: as the captures show it, else as the kernel would have done.
 */
export function isAstray({ ctstate, nat, seenTranslated, socket }: Explanation): boolean {
  if (seenTranslated !== null) return !seenTranslated;
  const isUnknownThere = socket === null || (socket.owner === 'peer' && socket.state === 'CLOSED');
  return ctstate === 'INVALID' && nat === 'none' && isUnknownThere;
}

const ODD_KINDS: ReadonlySet<Explanation['kind']> = new Set([
  'syn-again',
  'syn-ack-again',
  'challenge-ack',
  'rst-of-challenge',
  'refusal',
  'rst',
  'old',
]);

const ODD_DEEDS: ReadonlySet<string> = new Set(['challenge-ack', 'suppressed', 'rst', 'reset']);

/** Says whether a packet is worth a look: everything but the traffic of a connection in health. */
export function isOdd({ kind, ctstate, contradiction, socket }: Explanation): boolean {
  return (
    contradiction !== null ||
    ctstate === 'INVALID' ||
    ODD_KINDS.has(kind) ||
    (socket !== null && ODD_DEEDS.has(socket.does))
  );
}

/** What one wants to see of a lineage. */
export interface LineageNotice {
  readonly packets: number;
  readonly contradictions: number;
  /** SYNs that met an old socket. */
  readonly collisions: number;
  /** RSTs of a collision that never got to that socket. */
  readonly lost: number;
  /** Packets that are worth a look, those included. */
  readonly odd: number;
}

/** Counts what one wants to see of a lineage. */
export function lineageNotice({ explanations }: Lineage): LineageNotice {
  const notice = {
    packets: explanations.length,
    contradictions: 0,
    collisions: 0,
    lost: 0,
    odd: 0,
  };
  for (const explanation of explanations) {
    if (!isOdd(explanation)) continue;
    const part = collisionPart(explanation);
    notice.odd++;
    if (explanation.contradiction !== null) notice.contradictions++;
    if (part === 'syn') notice.collisions++;
    if (part === 'rst-lost') notice.lost++;
  }
  return notice;
}
