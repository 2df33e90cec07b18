import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collisionPackets } from '../collision-packets.ts';
import { makeReport } from '../make-report.ts';
import { anyText } from '../testing/hostile.ts';
import { recordedIncidents } from '../testing/recordings.ts';
import { mermaidText, sequenceDiagram } from './sequence-diagram.ts';

const diagram = (): string[] => {
  const incidents = recordedIncidents('5.19.0-case1');
  const packets = collisionPackets(makeReport(incidents, '1'), incidents);
  return packets === null ? [] : sequenceDiagram(packets).split('\n');
};

describe('sequenceDiagram', () => {
  it('shows the SYN that meets the old socket, its challenge ACK, and the RST that is lost', () => {
    const lines = diagram();
    expect(lines.slice(0, 5)).toEqual([
      'sequenceDiagram',
      '  participant app',
      '  participant conntrack',
      '  participant proxy',
      '  participant wire',
    ]);
    // The numbers are those of tcpdump: SYN 66001914, challenge ACK 2639327787, RST 1382665639.
    const at = lines.findIndex((line) => line.includes('SYN seq 66001914'));
    expect(lines.slice(at, at + 9).map((line) => line.replace(/\d+:\d+:\d+\.\d+ /, ''))).toEqual([
      '  app->>conntrack: SYN seq 66001914',
      '  conntrack->>proxy: NEW, to 127.0.0.1:15001',
      '  Note over app,proxy: COLLISION',
      '  proxy->>conntrack: ACK seq 2639327787 ack 1382665639',
      '  conntrack->>app: ESTABLISHED, from 172.21.206.198:7777',
      '  Note over proxy,app: CHALLENGE ACK',
      '  app->>conntrack: RST seq 1382665639',
      '  conntrack--xwire: INVALID, not translated',
      '  Note over app,wire: RST LOST',
    ]);
  });

  it('counts the packets that it has no room for', () => {
    const lines = diagram();
    expect(lines.filter((line) => line.includes('>>conntrack: '))).toHaveLength(16);
    expect(lines.at(-1)).toBe('  Note over app,wire: 6 packets more are not drawn');
  });
});

describe('mermaidText', () => {
  it('leaves nothing that Mermaid or Markdown would take for its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bare = mermaidText(text).replace(/#\d+;/g, '');
        expect(bare).toMatch(/^[\p{L}\p{N} .,:()/+→-]*$/u);
      }),
    );
  });
});
