import { describe, expect, it } from 'vitest';
import { collision, plain } from '../testing/explanations.ts';
import { choosePackets } from './choose-packets.ts';

const kinds = (packets: readonly { readonly kind: string }[]): string[] =>
  packets.map(({ kind }) => kind);

describe('choosePackets', () => {
  it('leaves what fits as it is', () => {
    const { explanations } = collision('heard');
    expect(choosePackets(explanations, explanations.length)).toBe(explanations);
  });

  it('keeps how the socket was left and the first round before further rounds', () => {
    expect(kinds(choosePackets(collision('lost').explanations, 5))).toEqual([
      'half-close',
      'fin-ack',
      'syn',
      'challenge-ack',
      'rst-of-challenge',
    ]);
  });

  it('keeps what came of the collision', () => {
    const before = plain(50).explanations;
    const chosen = choosePackets([...before, ...collision('heard').explanations], 7);
    expect(kinds(chosen).slice(-2)).toEqual(['syn-again', 'syn-ack']);
  });

  it('keeps a packet that contradicts the kernel, wherever it is', () => {
    const packets = plain(100).explanations.map((one, i) =>
      i === 60 ? { ...one, contradiction: 'Not so.' } : one,
    );
    expect(choosePackets(packets, 3)).toContain(packets[60]);
  });

  it('gives so many, each once, in their order', () => {
    const packets = [...collision('lost').explanations, ...plain(90).explanations];
    const chosen = choosePackets(packets, 8);
    expect(chosen).toHaveLength(8);
    const places = chosen.map((one) => packets.indexOf(one));
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });
});
