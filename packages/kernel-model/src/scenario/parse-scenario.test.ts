import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import { ScenarioError, type ScenarioProblem } from './scenario-error.ts';

function problemsOf(text: string): readonly ScenarioProblem[] {
  try {
    parseScenario(text);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

describe('a scenario', () => {
  it('reads a packet as tcpdump and packetdrill write it', () => {
    const [step] = parseScenario(
      '+0.5 > S 0:0(0) win 65535 <mss 1460,sackOK,TS val 7 ecr 0,nop,wscale 8>  NEW SYN_SENT [UNREPLIED] 120 # why',
    ).steps;
    expect(step).toMatchObject({
      kind: 'packet',
      line: 1,
      at: 0.5,
      direction: '>',
      flags: 'S',
      seq: 0,
      win: 65535,
      len: 0,
      options: { mss: 1460, sackOK: true, ts: [7, 0], wscale: 8 },
      expects: {
        ctstate: 'NEW',
        entry: { state: 'SYN_SENT', timeout: 120, unreplied: true, assured: false },
      },
    });
  });

  it('counts relative numbers from the initial ones of each side, and = is absolute', () => {
    const { steps } = parseScenario(
      [
        'isn > 4294967295 < 500',
        '> P. 1:11(10) ack 1 win 9',
        '< . 2 ack 3 <sack 1 {4:5},sack 6:7,eol>',
        '< R =77',
      ].join('\n'),
    );
    expect(steps).toMatchObject([
      { flags: 'PA', seq: 0, ack: 501, len: 10 },
      {
        flags: 'A',
        seq: 502,
        ack: 2,
        options: {
          sack: [
            [4, 5],
            [6, 7],
          ],
        },
      },
      { flags: 'R', seq: 77 },
    ]);
  });

  it('lets time pass by + or to a moment, and looks with ?', () => {
    const { steps } = parseScenario('+1 > S 0\n+0.5 ? SYN_SENT 119\n9 ? -\n? -');
    expect(steps.map(({ at, kind }) => [at, kind])).toEqual([
      [1, 'packet'],
      [1.5, 'check'],
      [9, 'check'],
      [9, 'check'],
    ]);
    expect(steps.at(-1)?.expects).toEqual({ entry: null });
  });

  it('reads its header, endpoints anew where they change, and comments of both kinds', () => {
    const scenario = parseScenario(
      [
        'profile 5.19.0',
        'sysctl nf_conntrack_tcp_loose=0 // packetdrill writes comments so',
        'redirect 15001',
        'local [fd00::1]:1',
        'remote [fd00::2]:2',
        '> S 0   NEW SYN_SENT [UNREPLIED] "a # is no comment here"',
        'local [fd00::1]:3',
        '> S 0',
      ].join('\r\n'),
    );
    expect(scenario).toMatchObject({
      profile: '5.19.0',
      sysctls: { nf_conntrack_tcp_loose: 0 },
      redirect: 15001,
      steps: [
        { local: { address: 'fd00::1', port: 1 }, expects: { log: 'a # is no comment here' } },
        { local: { address: 'fd00::1', port: 3 }, remote: { address: 'fd00::2', port: 2 } },
      ],
    });
  });

  it.each([
    ['hello', 1, '>, < or ? after an optional time'],
    ['> X 0', 3, 'flags as S, S.'],
    ['>', 2, 'flags as S, S.'],
    ['> S', 4, 'a sequence number'],
    ['> S x', 5, 'a sequence number'],
    ['> S 4294967296', 5, 'a number below 4294967296'],
    ['> S 0:10(9)', 5, 'a length of 10'],
    ['> S 0 win 65536', 11, 'a number from 0 to 65535'],
    ['> . 0 win 5', 12, 'ack and a number'],
    ['> S 0 <mss x>', 8, 'options: mss N'],
    ['> S 0 <nop,mss 70000>', 12, 'a number from 0 to 65535'],
    ['> S 0 OLD', 7, 'one of NEW, ESTABLISHED'],
    ['> S 0 NEW SYN-SENT', 11, 'a state (NONE, SYN_SENT'],
    ['> S 0 NEW SYN_SENT 120 CLOSE', 24, '[UNREPLIED], [ASSURED]'],
    ['> S 0 NEW 120', 11, 'a state: NONE'],
    ['> S 0 NEW - 120', 11, 'either - or an entry'],
    ['> S 0 NEW "unfinished', 11, 'a closing "'],
    ['5 ?', 4, "a state, or - for 'no entry'"],
    ['local 10.0.0.1', 7, 'address and port'],
    ['local 10.0.0:1', 7, 'address and port'],
    ['redirect 70000', 10, 'a port from 1 to 65535'],
    ['sysctl loose', 8, 'a sysctl as name=number'],
    ['isn 5', 5, '> or <'],
    ['isn > 5000000000', 7, 'a number below 4294967296'],
    ['profile a b', 11, 'the end of the line'],
    ['constructor 1', 1, '>, < or ?'],
  ])('points at what is wrong in %j: column %i', (line, column, expected) => {
    const problems = problemsOf(`\n${line}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 2, column, text: line });
    expect(problems[0]?.expected).toContain(expected);
    // The example that is offered is right.
    expect(problemsOf(problems[0]?.example ?? '')).toEqual([]);
  });

  it('rejects time that runs back, and headers behind packets', () => {
    expect(problemsOf('5 > S 0\n4 > S 0')[0]).toMatchObject({ line: 2, column: 1 });
    expect(problemsOf('> S 0\nprofile 5.19.0')[0]?.expected).toBe(
      'profile before the first packet',
    );
    expect(problemsOf('x'.repeat(1001))[0]?.expected).toBe('a line of at most 1000 characters');
  });

  it('shows every problem with its line, a mark under the column and an example', () => {
    expect(() => parseScenario('> X 0\n> S 0\n> S 0 OLD')).toThrow(
      [
        'line 1, column 3: expected flags as S, S., ., P., F., R, R., or - for none, found "X"',
        '  > X 0',
        '    ^',
        '  for example: +0.1 < S. 0:0(0) ack 1 win 65535 <mss 1460>   ESTABLISHED SYN_RECV 60',
        'line 3, column 7: expected one of NEW, ESTABLISHED, RELATED, INVALID, UNTRACKED, found "OLD"',
        '  > S 0 OLD',
        '        ^',
        '  for example: > S 0:0 win 65535   NEW SYN_SENT [UNREPLIED] 120',
      ].join('\n'),
    );
  });

  it('throws nothing but ScenarioError, whatever the text', () => {
    const words = fc.constantFrom(
      '>',
      '<',
      '?',
      'S',
      '.',
      '0',
      '1:2(1)',
      'ack',
      'win',
      '<mss 1>',
      '"',
      'NEW',
      '-',
    );
    const line = fc.oneof(
      fc.string(),
      fc.array(words).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(Array.isArray(problemsOf(lines.join('\n')))).toBe(true);
      }),
    );
  });
});
