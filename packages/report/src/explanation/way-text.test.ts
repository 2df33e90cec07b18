import { describe, expect, it } from 'vitest';
import { collision, explanation } from '../testing/explanations.ts';
import { laneOrder } from './packet-way.ts';
import { laneTitles, wayText } from './way-text.ts';

const lost = collision('lost');
const order = laneOrder(lost);

describe('wayText', () => {
  it('draws packets from lane to lane', () => {
    expect([
      laneTitles(order),
      ...lost.explanations.slice(0, 5).map((one) => wayText(one, order)),
    ]).toEqual([
      'app  conntrack  proxy  wire',
      '│◄───────✓────────●       │',
      '●────────✓───────►│       │',
      '●────────✓───────►│       │',
      '│◄───────✓────────●       │',
      '●────────✗╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌►│',
    ]);
  });

  it('puts the client first, wherever it is', () => {
    const inbound = {
      conversations: [],
      explanations: [
        explanation({
          since: 0,
          flags: 'S',
          kind: 'syn',
          sender: 'peer',
          socket: { owner: 'app', state: 'LISTEN', does: 'syn-ack' },
        }),
      ],
    };
    expect(laneOrder(inbound)).toEqual(['wire', 'conntrack', 'app']);
    expect(laneTitles(laneOrder(inbound))).toBe('wire conntrack   app');
  });
});
