import { describe, expect, it } from 'vitest';
import { parseConntrack } from './parse-conntrack.ts';
import { readFixture } from './testing/read-fixture.ts';

const FROM_ISSUE = {
  proto: 'tcp',
  state: 'CLOSE_WAIT',
  timeout: 54,
  orig: { src: '172.29.73.7', dst: '172.21.206.198', sport: 44410, dport: 7777 },
  reply: { src: '127.0.0.1', dst: '172.29.73.7', sport: 15001, dport: 44410 },
  assured: true,
  mark: 0,
  use: 1,
};
const LINE =
  'tcp      6 54 CLOSE_WAIT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 ' +
  'src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 [ASSURED] mark=0 use=1';
const severities = (text: string) => parseConntrack(text).diagnostics.map((d) => d.severity);

describe('text that people edited', () => {
  it('is read as it stands in a bug report: remarks, over three lines', () => {
    const table = parseConntrack(readFixture('pasted-explained.txt'));
    expect([...table]).toMatchObject([FROM_ISSUE]);
    expect(table.diagnostics).toMatchObject([{ severity: 'hint', line: 1, column: 3 }]);
  });

  it('is read with remarks on one line', () => {
    const line = LINE.replace('54', '54(expire seconds)').replace('WAIT', 'WAIT(state)');
    expect([...parseConntrack(line)]).toMatchObject([FROM_ISSUE]);
    expect(severities(line)).toEqual(['hint']);
  });

  it('is read after a prompt, with blanks lost', () => {
    const table = parseConntrack(readFixture('pasted-transcript.txt'));
    expect([...table]).toMatchObject([{ state: 'SYN_SENT', timeout: 108, source: { line: 3 } }]);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['hint', 1],
      ['hint', 3],
    ]);
  });

  it('is read where grep or a terminal coloured it, or cat -v showed the colours', () => {
    for (const [on, off] of [
      ['\u001b[01;31m\u001b[K', '\u001b[m\u001b[K'],
      ['^[[01;31m^[[K', '^[[m^[[K'],
    ]) {
      const line = LINE.replaceAll('44410', `${on}44410${off}`) + off;
      expect([...parseConntrack(line)]).toMatchObject([FROM_ISSUE]);
      expect(severities(line)).toEqual(['hint']);
    }
  });

  it('is read with arrows between words', () => {
    const line = LINE.replace(' src=127', ' → src=127');
    expect([...parseConntrack(line)]).toMatchObject([FROM_ISSUE]);
    expect(severities(line)).toEqual(['hint']);
  });

  it('is read where it was wrapped between two fields, at any place', () => {
    for (const break_ of ['CLOSE_WAIT ', 'dport=7777 ', 'sport=15001 ', '[ASSURED] ', 'mark=0 ']) {
      const text = `${LINE}\n${LINE.replace(break_, `${break_.trim()}\n    `)}\n${LINE}\n`;
      const table = parseConntrack(text);
      expect([...table]).toMatchObject([FROM_ISSUE, FROM_ISSUE, FROM_ISSUE]);
      expect([...table].map(({ source }) => source.line)).toEqual([1, 2, 4]);
      expect(table.diagnostics).toMatchObject([{ severity: 'hint', line: 2 }]);
    }
  });

  it('keeps an entry whose next line only looks like its rest', () => {
    const table = parseConntrack(`${LINE}\nsrc=10.0.0.1 dst=10.0.0.2\n${LINE}\n`);
    expect(table.length).toBe(2);
    expect(table.diagnostics).toMatchObject([{ severity: 'error', line: 2 }]);
  });

  it.each([
    ['a comment', `#${LINE}`],
    ['the header of watch', 'Every 1.0s: conntrack -L      node: Sun Nov 22 22:24:27 2026'],
    ['dots', '...'],
    [
      'a message of the tool',
      'conntrack v1.4.7 (conntrack-tools): 2 flow entries have been shown.',
    ],
    ['a prompt', '[root@node ~]# conntrack -L | grep 15001'],
    ['an expectation', '299 proto=6 src=10.0.0.1 dst=10.0.0.2 sport=0 dport=2049'],
    [
      'an expectation of /proc',
      '299 l3proto = 2 proto=6 src=10.0.0.1 dst=10.0.0.2 sport=0 dport=2049 ftp',
    ],
  ])('passes %s with a hint', (_, line) => {
    const table = parseConntrack(`${line}\n${LINE}\n`);
    expect([...table]).toMatchObject([FROM_ISSUE]);
    expect(table.diagnostics).toMatchObject([{ severity: 'hint', line: 1 }]);
  });

  it.each([
    ['a state that is none', LINE.replace('CLOSE_WAIT', 'CLOSE_WIAT')],
    ['an address that is none', LINE.replace('172.29.73.7', '172.29.73.256')],
    ['an IPv6 address that is none', LINE.replace('172.29.73.7', 'fd00:::1')],
    ['a number that is not of the protocol', LINE.replace('tcp      6', 'tcp      17')],
    ['a lost port', LINE.replace(' dport=44410', '')],
    ['a lost address', LINE.replace(' dst=172.29.73.7', '')],
    ['a lost tuple', LINE.replace(/ src=127.*44410/, '')],
    ['a field twice', `${LINE} use=1`],
    ['a field that is none', `${LINE} colour=blue`],
    ['two entries on one line', `${LINE} ${LINE}`],
    ['a flag that is none', LINE.replace('[ASSURED]', '[INSURED]')],
    ['a flag that is not closed', LINE.replace('[ASSURED]', '[ASSURED')],
    ['a flow that is not closed', '<flow><meta direction="original">'],
    ['half a command', '-A -t 5 -s 10.0.0.1'],
  ])('refuses %s, and nothing but that line', (_, line) => {
    const table = parseConntrack(`${LINE}\n${line}\n${LINE}\n`);
    expect([...table]).toMatchObject([FROM_ISSUE, FROM_ISSUE]);
    expect(table.diagnostics).toMatchObject([{ severity: 'error', line: 2 }]);
  });
});
