import type { Lineage } from '@tuplescope/packet-explainer';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { collision, explanationReport, plain } from '../testing/explanations.ts';
import { explainRecording } from '../testing/recordings.ts';
import type { ExplanationReport } from './explanation-report.ts';
import { renderExplanationText } from './render-explanation-text.ts';

const render = (report: ExplanationReport, width = 160, color = false): string =>
  [...renderExplanationText(report, { color, width })].join('');

const lines = (report: ExplanationReport, width?: number): string[] =>
  render(report, width).split('\n');

const hostile = (text: string): Lineage => {
  const lineage = collision('lost');
  return {
    ...lineage,
    explanations: lineage.explanations.map((one) => ({
      ...one,
      at: { ...one.at, file: text },
      says: text,
      details: [text],
      assumption: text,
      contradiction: text,
    })),
  };
};

describe('renderExplanationText', () => {
  it('begins with the kernel, how sure that is, whether it agrees, and what fits as well', () => {
    const [kernel, agreement, fits, packets] = lines(explainRecording('5.19.0-case1'), 200);
    expect(kernel).toMatch(/^Kernel {3}Linux 5\.19 \(profile mainline-5\.19, certain\)\. /);
    expect(agreement?.trim()).toBe('Every packet is what this kernel would have done.');
    expect(fits).toMatch(/^Fits {5}.*mainline-5\.18, mainline-6\.0.* as well/);
    expect(packets).toBe('Packets  29 packets of 3 connections on 2 pairs of ends.');
  });

  it('shows a packet with time, file, way, numbers, verdict, entry and NAT, and what came of it', () => {
    const all = lines(explainRecording('5.19.0-case1'), 200);
    const at = all.findIndex((line) => line.includes('eth0.pcap#13'));
    expect(all[at]).toBe(
      '┃ 23:26:25.467071  +17.417719  eth0.pcap#13  ●────────✗╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌►│  RST      1382665639                     INVALID      SYN_SENT 119 s',
    );
    expect(all[at + 1]).toBe(
      '┃   RST LOST: The application refuses that acknowledgement with a RST, but it leaves untranslated for 172.21.206.198:7777, past the proxy: the older socket never gets it.',
    );
  });

  it('marks the packets of a collision: the SYN, the challenge ACK, and the RST lost or heard', () => {
    const marks = (report: ExplanationReport): string[] =>
      lines(report, 200).flatMap((line) => /^┃ {3}([A-Z ]+): /.exec(line)?.[1] ?? []);
    expect(marks(explainRecording('5.10.262-case1'))).toEqual([
      'COLLISION',
      'CHALLENGE ACK',
      'RST HEARD',
    ]);
    expect(marks(explainRecording('5.19.0-case1')).slice(0, 4)).toEqual([
      'COLLISION',
      'CHALLENGE ACK',
      'RST LOST',
      'COLLISION',
    ]);
  });

  it('marks what contradicts the kernel, in the head and at the packet', () => {
    const all = lines(explainRecording('6.1.192-without-challenge-ack-fix-case1'), 200);
    expect(all.find((line) => line.includes('≠'))?.trim()).toMatch(/^≠ eth0\.pcap#13: /);
    expect(all.filter((line) => line.startsWith('≠   This kernel calls it'))).toHaveLength(3);
    expect(all.some((line) => line.includes('without-challenge-ack-fix'))).toBe(true);
  });

  it.each([60, 80, 100, 120, 160, 220])('keeps its columns in line at %i columns', (width) => {
    const [titles = '', ...rows] = lines(explanationReport([collision('lost')]), width).filter(
      (line) => /^(┃| ) (time|\d\d:)/.test(line),
    );
    expect(rows).toHaveLength(11);
    for (const row of rows) {
      expect(row.indexOf('+') + '+00.000000'.length - titles.indexOf('since')).toBeLessThanOrEqual(
        6,
      );
      expect(titles.slice(titles.indexOf('packet'))).toMatch(/^packet/);
      expect(row.slice(titles.indexOf('packet'))).toMatch(/^(lo|eth0)\.pcap#/);
    }
    const ways = lines(explanationReport([collision('lost')]), width).flatMap((line) => {
      const at = line.search(/[●│][─◄]/);
      return at < 0 ? [] : [at];
    });
    expect(ways).toHaveLength(11);
    expect(new Set(ways).size).toBe(1);
  });

  it.each([60, 80, 100, 160])('keeps to %i columns', (width) => {
    for (const name of ['5.19.0-case1', '6.1.192-without-challenge-ack-fix-case1'] as const) {
      const long = lines(explainRecording(name), width).filter((line) => stringWidth(line) > width);
      expect(long).toEqual([]);
    }
  });

  it('says why only where there is room, and once', () => {
    const reason = 'Its sequence number lies after the SYN’s.';
    const times = (width: number): number =>
      lines(explanationReport([collision('lost')]), width).filter((line) => line.includes(reason))
        .length;
    expect(times(80)).toBe(0);
    expect(times(120)).toBe(1);
  });

  it('tells packets in health of a long run in one line', () => {
    const all = lines(explanationReport([plain(5000)]));
    expect(all.filter((line) => line.includes('lo.pcap#'))).toHaveLength(6);
    expect(all).toContain(
      '⋮ 4994 packets more in health: 4994× Data; --format ndjson has them all.',
    );
  });

  it('tells lineages in health in a line each where there are many, then only counts them', () => {
    const many = Array.from({ length: 30 }, (_, i) => plain(10, 40_000 + i));
    const all = lines(explanationReport([...many, collision('lost')]));
    expect(all.filter((line) => /^172\.29\.73\.7:400\d\d → /.test(line))).toHaveLength(20);
    expect(all.filter((line) => line.includes('lo.pcap#'))).toHaveLength(8);
    expect(all.at(-2)).toBe(
      '30 pairs of ends in health, 300 packets. The above and 10 more hold nothing odd; --port N shows those of one port in full.',
    );
  });

  it('gives pieces while lineages are made', () => {
    let made = 0;
    const report = {
      ...explanationReport([]),
      lineages: (function* () {
        for (; made < 10; made++) yield plain(2);
      })(),
    };
    const pieces = renderExplanationText(report, { color: false, width: 80 })[Symbol.iterator]();
    pieces.next();
    expect(made).toBe(0);
    pieces.next();
    expect(made).toBeLessThan(2);
  });

  it('has no escape sequence without colour, and the same words with it', () => {
    const report = explanationReport([collision('lost')]);
    const coloured = render(report, 200, true);
    expect(render(report, 200)).not.toContain('\u001b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    const words = coloured.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +$/gm, '');
    expect(words).toBe(render(report, 200));
  });

  it('lets no text of a capture steer the terminal', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (text, color) => {
        const shown = render(explanationReport([hostile(text)], { why: text }), 100, color);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are the ones allowed
        const bare = shown.replaceAll(/\u001b\[(?:1|2|4|22|24|31|32|33|35|36|39)m/g, '');
        expect(bare).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
