import { describe, expect, it } from 'vitest';
import { ACTIONS } from './mitigations.ts';
import { detect, recording } from './testing/recordings.ts';

function mitigationsOf(path: string, family: string): Map<string, readonly [boolean, string]> {
  const finding = detect(recording(path)).findings.find((one) => one.family === family);
  return new Map(
    finding?.mitigations.map(({ action, works, verifiedBy }) => [action, [works, verifiedBy]]),
  );
}

describe('the mitigations of case 1 on 5.19.0', () => {
  const tried = mitigationsOf('recordings/5.19.0/case1', 'outbound-port-collision');

  it('are tried in a pod of this incident, and end as they were recorded with the sysctls set', () => {
    // The recordings with be_liberal=1 connect, those with ignore_invalid_rst=1 time out.
    expect(tried.get(ACTIONS.beLiberal)).toEqual([true, 'simulation']);
    expect(tried.get(ACTIONS.ignoreInvalidRst)).toEqual([false, 'simulation']);
    expect(tried.get(ACTIONS.dropInvalid)).toEqual([false, 'simulation']);
  });

  it('keep their source where nothing can try them', () => {
    const sources = [...tried.values()].filter(([, verifiedBy]) => verifiedBy === 'source');
    expect(sources.length).toBeGreaterThan(0);
  });

  it('tell for the leak whether the longer timeout keeps the socket from being left', () => {
    const leak = mitigationsOf('recordings/5.19.0/case1', 'half-closed-leak');
    expect(leak.get(ACTIONS.closeWait)).toEqual([true, 'simulation']);
  });
});

it('are not tried on a kernel that the packets contradict', () => {
  const path = 'recordings/6.1.192-without-challenge-ack-fix/case1';
  const tried = [...mitigationsOf(path, 'outbound-port-collision').values()];
  expect(tried.length).toBeGreaterThan(0);
  expect(tried.filter(([, verifiedBy]) => verifiedBy === 'simulation')).toEqual([]);
});
