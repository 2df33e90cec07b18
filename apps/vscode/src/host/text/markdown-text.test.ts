import { expect, it } from 'vitest';
import { markdownText } from './markdown-text.ts';

it('leaves nothing that Markdown would act on', () => {
  expect(markdownText('**a** [b](command:c)')).toBe('\\*\\*a\\*\\* \\[b\\]\\(command\\:c\\)');
  expect(markdownText('<img src=x> &amp; http://a.example')).toBe(
    '\\<img src\\=x\\> \\&amp\\; http\\:\\/\\/a\\.example',
  );
});

it('begins no list, heading or code on a line of its own', () => {
  expect(markdownText('a\n\n# b\r\n    c')).toBe('a \\# b c');
});

it('keeps letters of any script', () => {
  expect(markdownText('Port 44410 → дом')).toBe('Port 44410 → дом');
});
