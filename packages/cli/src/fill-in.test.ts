import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillIn, quoteForShell } from './fill-in.ts';

describe('fillIn', () => {
  const script = "A=''\nB='' # kept\necho 'A='''\n@TEXT@\n";

  it('gives settings their values and puts texts where they belong', () => {
    expect(fillIn(script, { A: 'x y', B: '$(b)' }, { TEXT: 'echo "$A"\n' })).toBe(
      "A='x y'\nB='$(b)' # kept\necho 'A='''\necho \"$A\"\n",
    );
  });

  it('takes nothing in a value for a place', () => {
    const value = "'\n@TEXT@\nB=''\n$& $1";
    expect(fillIn(script, { A: value, B: 'b' }, { TEXT: 'text' })).toBe(
      `A=${quoteForShell(value)}\nB='b' # kept\necho 'A='''\ntext\n`,
    );
  });

  it('is not content with a script that lacks a place', () => {
    expect(() => fillIn(script, { C: '' }, {})).toThrow('the script has no place for C');
  });
});

describe('quoteForShell', () => {
  const read = (words: string): string =>
    execFileSync('sh', ['-c', `printf %s ${words}`], { encoding: 'utf8' });

  it.each([
    '',
    "it's",
    "'; touch pwned; '",
    '$(touch pwned) `touch pwned` $IFS',
    'two\nlines\\',
    '-n * ~ !! # &',
  ])('makes one word of %j that is the text itself', (text) => {
    expect(read(quoteForShell(text))).toBe(text);
  });

  it('does so with any text', { timeout: 30_000 }, () => {
    // A word of a shell has no end of string in it.
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 40, maxLength: 40 }), (texts) => {
        const words = texts.map((value) => `${quoteForShell(value)} `).join('');
        const printed = execFileSync('sh', ['-c', `printf '%s\\n--\\n' ${words}`], {
          encoding: 'utf8',
        });
        expect(printed).toBe(texts.map((value) => `${value}\n--\n`).join(''));
      }),
      { numRuns: 20 },
    );
  });
});
