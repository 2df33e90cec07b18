import type { Lineage } from '@tuplescope/packet-explainer';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { ExplanationReport } from '../explanation/explanation-report.ts';
import { collision, explanationReport, plain } from '../testing/explanations.ts';
import { explainRecording } from '../testing/recordings.ts';
import { renderExplanationHtml } from './render-explanation-html.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Every node of a page, parsed as browsers do. */
const nodesOf = (report: ExplanationReport): Node[] => {
  const below = (node: Node): Node[] => [
    node,
    ...('childNodes' in node ? node.childNodes.flatMap(below) : []),
  ];
  return parse(renderExplanationHtml(report)).childNodes.flatMap(below);
};

const named = (nodes: readonly Node[], name: string): DefaultTreeAdapterTypes.Element[] =>
  nodes.filter(
    (node): node is DefaultTreeAdapterTypes.Element => 'tagName' in node && node.tagName === name,
  );

const textOf = (node: Node): string => {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
};

const attribute = (element: DefaultTreeAdapterTypes.Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

const saying = (text: string): Lineage => {
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
      why: { ...one.why, log: text },
    })),
  };
};

describe('renderExplanationHtml', () => {
  it('shows kernel and agreement, the ladder, and each packet with what stands behind it', () => {
    const nodes = nodesOf(explainRecording('5.19.0-case1'));
    expect(named(nodes, 'h1').map(textOf)).toEqual(['29 packets, explained by Linux 5.19']);
    expect(named(nodes, 'svg')).toHaveLength(1);
    const rows = named(nodes, 'tbody').map(({ childNodes }) => childNodes.length);
    expect(rows).toEqual([22, 7]);
    expect(named(nodes, 'details')).toHaveLength(29);
    const text = nodes.flatMap((node) => ('value' in node ? [node.value] : []));
    expect(text).toContain('Every packet is what this kernel would have done.');
    expect(text.filter((one) => one === 'RST LOST')).toHaveLength(3);
  });

  it('tells the rule, the numbers that it compared, and the commit that decides', () => {
    const details = named(nodesOf(explainRecording('5.19.0-case1')), 'details').map(textOf);
    const rst = details.find((text) => text.includes('seq-over-upper-bound'));
    expect(rst).toContain('seq-over-upper-bound, seq 1382665639, upperBound 66001916');
    expect(rst).toContain('reinit-syn-only (c7aab4f17021): ');
    expect(rst).toContain('SEQ is over the upper bound (over the window of the receiver)');
  });

  it('says what contradicts the kernel at its head and at the packets', () => {
    const nodes = nodesOf(explainRecording('6.1.192-without-challenge-ack-fix-case1'));
    const against = [...named(nodes, 'span'), ...named(nodes, 'div')].filter(
      (one) => attribute(one, 'class') === 'against',
    );
    expect(against.length).toBeGreaterThanOrEqual(4);
    expect(against.every((one) => textOf(one).startsWith('≠ '))).toBe(true);
  });

  it('needs no script and no network, and says so to the browser', () => {
    const nodes = nodesOf(explainRecording('5.19.0-case1'));
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'base']) {
      expect(named(nodes, name)).toEqual([]);
    }
    const policy = named(nodes, 'meta').find((one) => attribute(one, 'http-equiv') !== undefined);
    expect(policy && attribute(policy, 'content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
    const attributes = nodes.flatMap((node) => ('attrs' in node ? node.attrs : []));
    expect(attributes.filter(({ name }) => /^(on|src|href|xlink:href)/.test(name))).toEqual([]);
    for (const style of named(nodes, 'style'))
      expect(textOf(style)).not.toMatch(/@import|url\((?!#)/);
  });

  it('is light or dark as its reader is, and light on paper', () => {
    const css = named(nodesOf(explanationReport([plain(1)])), 'style')
      .map(textOf)
      .join('');
    expect(css.match(/@media screen and \(prefers-color-scheme:dark\)/g)).toHaveLength(2);
    expect(css).toContain('@media print');
  });

  it('counts what it has no room for', () => {
    const many = Array.from({ length: 25 }, (_, i) => plain(5, 40_000 + i));
    const text = named(nodesOf(explanationReport(many)), 'main')
      .map(textOf)
      .join('');
    expect(text).toContain('5 pairs of ends more in these captures are not shown');
    const odd = collision('lost').explanations;
    const long = {
      ...collision('lost'),
      explanations: Array.from({ length: 300 }, () => odd).flat(),
    };
    const page = renderExplanationHtml(explanationReport([long]));
    expect(page.match(/<tr/g)).toHaveLength(2002);
    expect(page).toContain('1300 packets more are not shown; --format ndjson has them all.');
  });

  it('shows hostile text as visible text, and nothing of it as markup', { timeout: 60_000 }, () => {
    const plainTags = new Set(
      nodesOf(explanationReport([saying('x')])).map(({ nodeName }) => nodeName),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '</style><b>',
        '"onload="x',
        '<!--',
        'a\u202eb\u0000',
      ),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        const nodes = nodesOf(
          explanationReport([saying(hostile)], { why: hostile, title: hostile, profile: hostile }),
        );
        expect(nodes.filter(({ nodeName }) => !plainTags.has(nodeName))).toEqual([]);
        const shown = nodes.flatMap((node) => ('value' in node ? [node.value] : [])).join('');
        expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 20 },
    );
  });
});
