import { decodeText, toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTranscript } from './split-transcript.ts';

const sections = (text: string): { command: string | null; line: number; text: string }[] =>
  splitTranscript(toBytes(text)).map(({ command, origin, bytes }) => ({
    command,
    line: origin.line,
    text: decodeText(bytes, 0, bytes.length),
  }));

describe('splitTranscript', () => {
  it('takes a file without prompts as one section', () => {
    expect(sections('tcp 6 1 CLOSE\nudp 17 2\n')).toEqual([
      { command: null, line: 1, text: 'tcp 6 1 CLOSE\nudp 17 2\n' },
    ]);
  });

  it('cuts at prompts and keeps the command of each piece', () => {
    const text = 'pod:/ # ss -naoep | egrep 44410\nrow\n\nnode:/proc $ uname -r\n5.19.0\n';
    expect(sections(text)).toEqual([
      { command: 'ss -naoep | egrep 44410', line: 2, text: 'row\n\n' },
      { command: 'uname -r', line: 5, text: '5.19.0\n' },
    ]);
  });

  it('keeps a command that printed nothing: that is evidence', () => {
    expect(
      sections('$ conntrack -L\n$ uname -r\n5.19.0\n').map((s) => [s.command, s.text]),
    ).toEqual([
      ['conntrack -L', ''],
      ['uname -r', '5.19.0\n'],
    ]);
  });

  it('leaves the prose around Markdown fences out, indented fences too', () => {
    const text =
      'ss says:\n```bash\n$ ss -s\nTotal: 1\n```\nthen\n  ~~~\n  conntrack\n  ~~~\nend\n';
    expect(sections(text)).toEqual([
      { command: 'ss -s', line: 4, text: 'Total: 1\n' },
      { command: null, line: 8, text: '  conntrack\n' },
    ]);
  });

  it('reads the header of watch as the command', () => {
    const text = 'Every 1.0s: ss -naoep        pod: Sat Feb  4 16:46:40 2023\n\nrow\n';
    expect(sections(text)[0]).toEqual({ command: 'ss -naoep', line: 2, text: '\nrow\n' });
  });

  it('keeps every byte of a section at its own offset in the file', () => {
    const piece = fc.constantFrom(
      '$ ss -na\n',
      '```\n',
      'row\n',
      '# note\n',
      '\n',
      'pod:/ # date\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const bytes = toBytes(pieces.join(''));
        for (const { origin, bytes: own } of splitTranscript(bytes)) {
          const there = bytes.subarray(origin.offset, origin.offset + own.length);
          expect(there).toEqual(own);
          expect(decodeText(bytes, 0, origin.offset).split('\n').length).toBe(origin.line);
        }
      }),
    );
  });
});
