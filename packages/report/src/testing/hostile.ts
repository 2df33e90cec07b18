import fc from 'fast-check';

/** Names that processes may have: markup, tables, code, links, escape sequences, marks of direction. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '<!-- --><b>',
  '&lt;i&gt;&#65;',
  'a|b||c\\|d\\',
  '``` `x` ~~~',
  '[x](javascript:alert(1)) ![y](https://example.org/z.png)',
  'https://example.org www.example.org @somebody',
  '# a',
  '1. a',
  '---',
  '**a** _b_ ~~c~~ $d$',
  '\u001b[2J\u001b]0;x\u0007',
  'a\u202eb\u2066c\u200b',
  'a\nb\r\n\n<c>',
  'a\u0000\ud800\ufffe',
];

/** Texts of any characters, hostile ones among them. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom(...'`|\\*_[]()<>&~#-+=!@$:/.1 a\t'), { maxLength: 16 })
    .map((characters) => characters.join('')),
);
