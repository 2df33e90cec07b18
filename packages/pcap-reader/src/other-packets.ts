import type { DamagePlace } from './damage.ts';
import { linkTypeName } from './link-type.ts';
import { CUT, kindName, MALFORMED, type PacketKind, UNREAD_LINK } from './packet-kind.ts';

/** Kinds that are counted apart; the numbers come from the file. */
const MOST_KINDS = 100;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Counts the packets that give no record, by kind. */
export class OtherPackets {
  #first: Place | null = null;
  #firstUnread: Place | null = null;
  readonly #kinds = new Map<string, number>();
  readonly #linkTypes = new Map<string, number>();

  /** Counts a packet whose record lies between these offsets. */
  add(kind: PacketKind, linkType: number, start: number, end: number): void {
    if (kind === UNREAD_LINK) {
      this.#firstUnread ??= { start, end };
      count(this.#linkTypes, linkTypeName(linkType));
    } else {
      this.#first ??= { start, end };
      count(this.#kinds, kindName(kind));
    }
  }

  /** Says what was counted, in one sentence each for packets and for link types. */
  report(): DamagePlace[] {
    const said: DamagePlace[] = [];
    if (this.#first !== null) {
      const isDoubtful = [MALFORMED, CUT].some((kind) => this.#kinds.has(kindName(kind)));
      const severity = isDoubtful ? 'warning' : 'hint';
      said.push({ severity, ...this.#first, expected: 'TCP segments', found: list(this.#kinds) });
    }
    if (this.#firstUnread !== null) {
      const expected = 'a link type that is read';
      said.push({
        severity: 'warning',
        ...this.#firstUnread,
        expected,
        found: list(this.#linkTypes),
      });
    }
    return said;
  }
}

function count(counts: Map<string, number>, name: string): void {
  const key = counts.has(name) || counts.size < MOST_KINDS ? name : 'more kinds';
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** `12 udp, 3 arp`, the most frequent first. */
function list(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ');
}
