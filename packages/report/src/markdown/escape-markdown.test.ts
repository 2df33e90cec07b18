import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { shownText } from '../markup.ts';
import { anyText } from '../testing/hostile.ts';
import { elementsNamed, pageNodes, textIn } from '../testing/page-nodes.ts';
import { escapeMarkdown, markdownCode, markdownFence } from './escape-markdown.ts';

/** Reads Markdown as GitHub does, and lets every tag through that was not escaped. */
const toNodes = (markdown: string) =>
  pageNodes(
    micromark(markdown, {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
    }),
  );

const tagsOf = (markdown: string): Set<string> =>
  new Set(toNodes(markdown).map(({ nodeName }) => nodeName));

/** Markdown folds blanks. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

const PLACES: readonly ((text: string) => string)[] = [
  (text) => `a ${text} b`,
  (text) => `### ${text}`,
  (text) => `1. ${text}`,
  (text) => `- **x:** ${text}`,
  (text) => `| a | b |\n|---|---|\n| ${text} | c |`,
];

describe('escapeMarkdown', () => {
  it('shows any text as it is, wherever it stands', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...PLACES), (text, place) => {
        const written = place(escapeMarkdown(text));
        const allowed = new Set([...tagsOf(place('x')), '#comment']);
        expect([...tagsOf(written)].filter((name) => !allowed.has(name))).toEqual([]);
        const page = toNodes(written).flatMap((node) => ('value' in node ? [node.value] : []));
        expect(folded(page.join(''))).toContain(folded(shownText(text)));
      }),
      { numRuns: 200 },
    );
  });

  it('mentions nobody and links nowhere', () => {
    const written = escapeMarkdown('@somebody https://example.org www.example.org');
    expect(written).not.toMatch(/@\w|:\/\/|www\.e/);
    expect(elementsNamed(toNodes(written), 'a')).toEqual([]);
  });
});

describe('markdownCode', () => {
  it('shows any text as code, in a cell of a table too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const row = `| a | b |\n|---|---|\n| ${markdownCode(text)} | after |`;
        const cells = elementsNamed(toNodes(row), 'td').map(textIn);
        expect(cells.map(folded)).toEqual([folded(shownText(text)), 'after']);
      }),
      { numRuns: 200 },
    );
  });

  it('needs no entities for most records', () => {
    expect(markdownCode('tcp 6 108 SYN_SENT src=10.0.0.7')).toBe(
      '`tcp 6 108 SYN_SENT src=10.0.0.7`',
    );
    expect(markdownCode('a|b')).toBe('<code>a&#124;b</code>');
  });
});

describe('markdownFence', () => {
  it('lets nothing in the block end it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const nodes = toNodes(markdownFence('sh', `${text}\n\`\`\`\n<b>`));
        expect(elementsNamed(nodes, 'pre')).toHaveLength(1);
        expect(elementsNamed(nodes, 'b')).toEqual([]);
      }),
    );
  });
});
