import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTracker } from './create-tracker.ts';
import type { Packet } from './packet.ts';
import type { Tracker } from './tracker.ts';

const there = { src: '10.0.0.1', sport: 44410, dst: '10.0.0.2', dport: 7777 };
const back = { src: '10.0.0.2', sport: 7777, dst: '10.0.0.1', dport: 44410 };

const packets: fc.Arbitrary<Packet> = fc
  .record({
    at: fc.constant(0),
    isReply: fc.boolean(),
    flags: fc.constantFrom('S', 'SA', 'A', 'FA', 'R', 'RA', 'PA', 'SF'),
    seq: fc.constantFrom(1, 2, 3, 100, 5000, 0x8000_0000),
    ack: fc.constantFrom(0, 1, 2, 3, 100, 5000),
    win: fc.constantFrom(0, 1000, 65_535),
    len: fc.constantFrom(0, 1, 1000),
  })
  .map(({ isReply, ...rest }) => ({ ...rest, ...(isReply ? back : there) }));

function tracked(history: readonly Packet[]): Tracker {
  const tracker = createTracker({ profile: '5.19.0' });
  for (const packet of history) tracker.track(packet);
  return tracker;
}

describe('takeBack', () => {
  it('removes the entry that the packet began', () => {
    const tracker = tracked([{ at: 0, ...there, flags: 'S', seq: 1 }]);
    tracker.takeBack();
    expect(tracker.entries(0)).toEqual([]);
  });

  it('brings an entry back that the packet closed', () => {
    const tracker = tracked([{ at: 0, ...there, flags: 'S', seq: 1 }]);
    const before = tracker.entries(1);
    // An RST that answers a lone SYN takes the entry along.
    tracker.track({ at: 1, ...back, flags: 'RA', seq: 0, ack: 2 });
    expect(tracker.entries(1)).toEqual([]);
    tracker.takeBack();
    expect(tracker.entries(1)).toEqual(before);
  });

  it('leaves a tracker that goes on as though the packet had never been', () => {
    fc.assert(
      fc.property(fc.array(packets, { maxLength: 12 }), packets, packets, (history, one, next) => {
        const tracker = tracked(history);
        tracker.track(one);
        tracker.takeBack();
        const other = tracked(history);
        expect(tracker.entries(0)).toEqual(other.entries(0));
        expect(tracker.track(next).ctstate).toBe(other.track(next).ctstate);
        expect(tracker.entries(0)).toEqual(other.entries(0));
      }),
      { numRuns: 500 },
    );
  });
});
