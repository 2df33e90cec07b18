import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, type Palette } from './palette.ts';

/** WCAG 2.2: relative luminance. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2: contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const WORDS: readonly (readonly [ink: keyof Palette, paper: keyof Palette])[] = [
  ['ink', 'paper'],
  ['ink', 'raised'],
  ['ink', 'band'],
  ['quiet', 'paper'],
  ['quiet', 'raised'],
  ['quiet', 'band'],
  ['nat', 'paper'],
  ['nat', 'band'],
  ['bad', 'paper'],
  ['bad', 'band'],
  ['stale', 'paper'],
  ['stale', 'band'],
  ['against', 'paper'],
  ['against', 'band'],
  ['against', 'raised'],
  ['good', 'goodPaper'],
  ['good', 'band'],
  ['badInk', 'badPaper'],
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s colours', (_, palette) => {
  it.each(WORDS)('let one read %s on %s: WCAG AA, 4.5 to 1', (ink, paper) => {
    expect(contrast(palette[ink], palette[paper])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['line', 'good', 'bad', 'stale', 'nat'] as const)('let one see %s: 3 to 1', (line) => {
    expect(contrast(palette[line], palette.paper)).toBeGreaterThanOrEqual(3);
  });
});
