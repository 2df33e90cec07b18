import { describe, expect, it } from 'vitest';
import { formatScenarioResult } from './format-scenario-result.ts';
import { runScenario } from './run-scenario.ts';

const SYN = '> S 0:0 win 65535   NEW SYN_SENT 120 [UNREPLIED]';

describe('a run', () => {
  it('takes the profile of the option before that of the text, and needs one', () => {
    expect(runScenario(`profile 5.19.0\n${SYN}`).profile.id).toBe('mainline-5.19');
    expect(runScenario(`profile 5.19.0\n${SYN}`, { profile: '6.2.1' }).profile.id).toBe(
      'mainline-6.2',
    );
    expect(() => runScenario(SYN)).toThrow(
      'profile: expected a profile as an option, or a line as profile 5.19.0, found null',
    );
    expect(() => runScenario(`sysctl tcp_hope=1\n${SYN}`, { profile: '6.2.1' })).toThrow(
      'tcp_hope: expected one of the sysctls',
    );
  });

  it('names each field that is otherwise', () => {
    const fields = (text: string) =>
      runScenario(text, { profile: '6.2.1' }).mismatches.map(
        ({ line, field, expected, found }) => `${line} ${field} ${expected} ${found}`,
      );
    expect(fields(SYN)).toEqual([]);
    expect(fields('> S 0 ESTABLISHED')).toEqual(['1 ctstate ESTABLISHED NEW']);
    expect(fields('> S 0 NEW SYN_RECV 60 [ASSURED]')).toEqual([
      '1 state SYN_RECV SYN_SENT',
      '1 timeout 60 120',
      '1 unreplied false true',
      '1 assured true false',
    ]);
    expect(fields('> S 0 NEW -')).toEqual(['1 entry null SYN_SENT']);
    expect(fields('> R 0 INVALID CLOSE')).toEqual(['1 entry CLOSE null']);
    expect(fields('> R 0 INVALID - "invalid rst"')).toEqual(['1 log invalid rst null']);
  });

  it('is told to a person by its lines, its rules and the commits', () => {
    const text = [
      'isn > 0 < 0',
      '+0   > S 0 win 65535   NEW SYN_SENT 120 [UNREPLIED]',
      '+0.1 < . 145824453 ack 643160523 win 240   ESTABLISHED SYN_SENT',
      '+0   > R 643160523   ESTABLISHED CLOSE 10',
    ].join('\n');
    expect(formatScenarioResult(runScenario(text, { profile: '6.12.43' }))).toMatch(
      /: 3 packets as expected\.$/,
    );
    const told = formatScenarioResult(runScenario(text, { profile: '5.19.0' })).split('\n');
    expect(told.slice(1, 6)).toEqual([
      'line 4: +0   > R 643160523   ESTABLISHED CLOSE 10',
      '  expected ctstate ESTABLISHED, found INVALID',
      '  expected state CLOSE, found SYN_SENT',
      '  expected timeout 10, found 119',
      '  the entry is SYN_SENT 119',
    ]);
    expect(told[6]).toBe('  the rule is seq-over-upper-bound, seq 643160523, upperBound 2');
    expect(told[7]).toBe('  because this kernel has reinit-syn-only');
  });
});
