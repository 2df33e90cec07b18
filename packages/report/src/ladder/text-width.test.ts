import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownText } from '../markup.ts';
import { FACES, type FaceName } from './fonts.ts';
import { fitMiddle, fitText, textWidth, wrapText } from './text-width.ts';

interface Measured {
  readonly family: 'sans' | 'mono';
  readonly bold: boolean;
  readonly text: string;
  readonly width: number;
  readonly font: string;
}

const measured: Measured[] = JSON.parse(
  readFileSync(new URL('../../fixtures/text-widths.json', import.meta.url), 'utf8'),
);

const faceFor = ({ family, bold }: Measured): FaceName => {
  const found = Object.entries(FACES).find(
    ([, face]) => face.family === family && (face.bold === true) === bold,
  );
  return (found?.[0] ?? 'note') as FaceName;
};

describe('textWidth', () => {
  it.each(measured)('is no less than what $font takes: $text', (one) => {
    const face = faceFor(one);
    const taken = (one.width * FACES[face].size) / 1000;
    expect(textWidth(one.text, face)).toBeGreaterThanOrEqual(taken - 0.1);
  });
});

const texts = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('fitText and fitMiddle', () => {
  it('give texts that fit, and leave those that do', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 30, max: 400 }), (text, room) => {
        for (const cut of [fitText, fitMiddle]) {
          const fitted = cut(text, 'note', room);
          expect(textWidth(fitted, 'note')).toBeLessThanOrEqual(room);
          const shown = shownText(text);
          if (textWidth(shown, 'note') <= room) expect(fitted).toBe(shown);
        }
      }),
    );
  });

  it('keep the beginning, or both ends', () => {
    expect(fitText('captures/lo.pcap#31', 'note', 90)).toBe('captures/lo.…');
    expect(fitMiddle('captures/lo.pcap#31', 'note', 90)).toBe('captu…p#31');
  });
});

describe('wrapText', () => {
  it('breaks at words, with less room beside what stands before the first line', () => {
    const lines = wrapText('The proxy sends a FIN', 'note', 90, { most: 9, indent: 50 });
    expect(lines).toEqual(['The', 'proxy sends', 'a FIN']);
  });

  it('gives no more lines than asked for, each of which fits', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 4 }), (text, most) => {
        const lines = wrapText(text, 'note', 120, { most, indent: 40 });
        expect(lines.length).toBeLessThanOrEqual(most);
        expect(textWidth(lines[0] ?? '', 'note')).toBeLessThanOrEqual(80);
        for (const line of lines) expect(textWidth(line, 'note')).toBeLessThanOrEqual(120);
      }),
    );
  });
});
