import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, escapeMarkup } from './markup.ts';
import { parseXml } from './testing/picture.ts';

describe('escapeMarkup', () => {
  it('writes what means something to a parser as an entity', () => {
    expect(escapeMarkup(`<a href="x" id='y'>&`)).toBe(
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;',
    );
  });

  it('makes visible what steers, reorders, hides, or is no character of XML', () => {
    expect(escapeMarkup('\u0000\u001b[31m\u202e\u200b\ud800\uffff')).toBe(
      '\\x00\\x1b[31m\\u202e\\u200b\\ud800\\uffff',
    );
  });

  it('leaves pairs of surrogates as the characters that they are', () => {
    expect(escapeMarkup('😀')).toBe('😀');
  });

  it('lets no text out of an element or an attribute', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const root = parseXml(element('a', { b: text }, escapeMarkup(text)));
        expect(Array.from(root.childNodes).every(({ nodeType }) => nodeType === 3)).toBe(true);
        expect(root.attributes.length).toBe(1);
        expect(root.getAttribute('b')).toBe(root.textContent ?? '');
      }),
    );
  });
});

describe('element', () => {
  it('rounds numbers to a tenth and leaves out what is undefined', () => {
    expect(element('a', { x: 1.26, y: 2, z: undefined })).toBe('<a x="1.3" y="2"/>');
  });
});
