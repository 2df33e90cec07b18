import { toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTextPositions } from './text-positions.ts';

it('counts characters as an editor does, not bytes', () => {
  const text = 'é:1\n→ 😀 44410';
  const start = toBytes('é:1\n→ 😀 ').length;
  const positions = createTextPositions(toBytes(text));
  expect(positions.range(start, start + 5)).toEqual({
    line: 1,
    character: 5,
    endLine: 1,
    endCharacter: 10,
  });
});

it.each(['\n', '\r\n', '\r'])('ends lines at %j', (ending) => {
  const positions = createTextPositions(toBytes(`a${ending}b`));
  const start = 1 + ending.length;
  expect(positions.range(start, start + 1)).toMatchObject({ line: 1, character: 0 });
});

it('does not count a byte order mark', () => {
  const positions = createTextPositions(toBytes('\ufeffab'));
  expect(positions.range(4, 5)).toMatchObject({ line: 0, character: 1, endCharacter: 2 });
  expect(positions.range(0, 3)).toMatchObject({ character: 0, endCharacter: 0 });
});

it('turns each place of a character back into its offset', () => {
  const piece = fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '\r', ' ');
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), (pieces, cut) => {
      const before = pieces.slice(0, cut % (pieces.length + 1)).join('');
      // The place between CR and LF is no place of an editor.
      const offset = toBytes(before).length;
      const positions = createTextPositions(toBytes(pieces.join('')));
      const { line, character } = positions.range(offset, offset);
      expect(positions.offset(line, character)).toBe(offset);
    }),
  );
});
