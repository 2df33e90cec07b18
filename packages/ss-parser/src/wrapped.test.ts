import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSs } from './parse-ss.ts';
import { readFixture } from './testing/read-fixture.ts';

const REPLAY = readFixture('replay/pipe-ss-tanoe.txt');
const INCIDENT = readFixture('incident/ss-naoep.txt')
  .split('\n')
  .filter((line) => line.startsWith('tcp'))
  .join('\n');
const DETAILS = readFixture('incident/ss-tinaoe.txt');

/** Breaks each line after so many characters, as a terminal does, and perhaps drops blanks there. */
function hardWrap(text: string, width: number, trims: boolean): string {
  return text
    .split('\n')
    .flatMap((line) => line.trimEnd().match(new RegExp(`.{1,${width}}`, 'g')) ?? [''])
    .map((line) => (trims ? line.trimEnd() : line))
    .join('\n');
}

/** Breaks lines at blanks, as a mail does. */
function softWrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/ +/)
        .reduce((all, word) => {
          const last = all.slice(all.lastIndexOf('\n') + 1);
          return last.length + word.length >= width ? `${all}\n${word}` : `${all} ${word}`;
        }),
    )
    .join('\n');
}

function read(text: string): unknown[] {
  return [...parseSs(text)].map(({ source: _, ...socket }) => socket);
}

describe('a listing that was wrapped', () => {
  it.each([
    ['the replay', REPLAY],
    ['the incident', INCIDENT],
    ['the incident with details', DETAILS],
  ])('is joined again by its grammar, whatever the width: %s', (_, text) => {
    const expected = read(text);
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 300 }), fc.boolean(), (width, trims) => {
        const wrapped = hardWrap(text, width, trims);
        expect(read(wrapped)).toEqual(expected);
        const errors = parseSs(wrapped).diagnostics.filter(({ severity }) => severity !== 'hint');
        expect(errors).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['the replay', REPLAY],
    ['the incident', INCIDENT],
  ])('is joined again where a mail broke it between words: %s', (_, text) => {
    for (let width = 40; width < 200; width += 7) {
      expect(read(softWrap(text, width))).toEqual(read(text));
    }
  });

  it('says in a hint that it was, and spans all its lines', () => {
    const text =
      'tcp   FIN-WAIT-2 0      0          127.0.0.1:15001         172.29.73.7:444\n10 users:(("envoy-sim",pid=112,fd=4)) uid:1337 ino:392 sk:10 <--\n';
    const table = parseSs(text);
    expect(table.diagnostics).toMatchObject([{ severity: 'hint', line: 1 }]);
    expect(table.at(0)).toMatchObject({
      peer: { port: 44410 },
      process: [{ pid: 112 }],
      inode: 392,
      shutdown: '<--',
      source: { line: 1, start: 0, end: text.length - 1 },
    });
  });

  it('does not take the count that another command printed for the rest of a port', () => {
    const table = parseSs('ESTAB 0 0 10.0.0.1:80 10.0.0.2:443   \n2\n');
    expect(table.at(0).peer.port).toBe(443);
    expect(table.diagnostics).toMatchObject([{ severity: 'error', line: 2 }]);
  });

  it('does not join prose to a socket', () => {
    const table = parseSs('ESTAB 0 0 10.0.0.1:80 10.0.0.2:443\nand then it hung\n');
    expect(table.diagnostics).toMatchObject([{ severity: 'error', line: 2 }]);
    expect(table.at(0).extra).toBeUndefined();
  });
});
