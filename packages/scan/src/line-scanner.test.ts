import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineScanner } from './line-scanner.ts';
import { decodeText, toBytes } from './text.ts';

function linesOf(text: string): string[] {
  const bytes = toBytes(text);
  const lines = new LineScanner(bytes);
  const list: string[] = [];
  while (lines.next()) {
    list.push(decodeText(bytes, lines.start, lines.end));
    expect(lines.line).toBe(list.length);
  }
  return list;
}

/** What a split would give: no line after the last line feed, CR only before LF or at the end. */
function split(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r$/, '').replace(/^\ufeff/, ''));
}

describe('LineScanner', () => {
  it('agrees with a split on any text', () => {
    const text = fc.array(fc.constantFrom('a', '\r', '\n', '\r\n', '\ufeff', ' ', 'é', '\0'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (parts) => {
        expect(linesOf(parts.join(''))).toEqual(split(parts.join('')));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives offsets in the whole input, a byte order mark counted', () => {
    const bytes = toBytes('\ufeffa\r\nbc\n');
    const lines = new LineScanner(bytes);
    lines.next();
    expect([lines.line, lines.start, lines.end, lines.following]).toEqual([1, 3, 4, 6]);
    lines.next();
    expect([lines.line, lines.start, lines.end, lines.following]).toEqual([2, 6, 8, 9]);
    expect(lines.next()).toBe(false);
  });

  it('finds no line in empty input and one in a mark alone', () => {
    expect(linesOf('')).toEqual([]);
    expect(linesOf('\ufeff')).toEqual(['']);
  });

  it('takes the beginning of a mark for text', () => {
    const lines = new LineScanner(new Uint8Array([0xef, 0xbb, 0x0a]));
    lines.next();
    expect([lines.start, lines.end]).toEqual([0, 2]);
  });
});
