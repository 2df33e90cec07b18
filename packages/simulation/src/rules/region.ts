import { intersect, isWithin, type PacketBox } from './packet-box.ts';

/** Packets in a box and in none of some others: what one rule of the model can say. */
export interface Region {
  readonly match: PacketBox;
  readonly except: readonly PacketBox[];
}

/** Packets in any of some boxes and in none of others: what one rule of a ruleset can say. */
export interface Condition {
  readonly boxes: readonly PacketBox[];
  readonly except: readonly PacketBox[];
}

/** Every packet. */
export const EVERYTHING: Region = { match: {}, except: [] };

/**
 * Gives the packets of a region that meet a condition: a region for each box that leaves any.
 *
 * @example
 * narrow(EVERYTHING, { boxes: [{ dport: 80 }, { dport: 443 }], except: [{ owner: 1337 }] }).length // 2
 */
export function narrow(region: Region, condition: Condition): Region[] {
  return condition.boxes.flatMap((box) => {
    const match = intersect(region.match, box);
    if (match === null) return [];
    const except = [...region.except, ...condition.except].filter(
      (one) => intersect(match, one) !== null,
    );
    return except.some((one) => isWithin(match, one)) ? [] : [{ match, except }];
  });
}

/** Gives the packets that are in a box of one list and in a box of another. */
export function product(a: readonly PacketBox[], b: readonly PacketBox[]): PacketBox[] {
  return a.flatMap((one) => b.map((other) => intersect(one, other)).filter((box) => box !== null));
}
