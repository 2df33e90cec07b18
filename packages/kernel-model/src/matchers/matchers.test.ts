import assert from 'node:assert';
import { expect, it } from 'vitest';
import { createTracker } from '../create-tracker.ts';
import { createPod } from '../pod/create-pod.ts';
import { istioOutbound } from '../pod/istio-outbound.ts';
import { assertScenario, assertVerdict, type KernelMatchers, matchers } from './index.ts';

declare module 'vitest' {
  interface Matchers<T> extends KernelMatchers<T> {}
}

expect.extend(matchers);

const CASE_1 = `
redirect 15001
+0     > S 66001914 win 62720 <mss 8960,wscale 7>   NEW SYN_SENT 120 [UNREPLIED]
+0.02  < . 2639327788 ack 1382665639 win 512          ESTABLISHED SYN_SENT
+0     > R 1382665639                                 INVALID SYN_SENT`;

it('passes a scenario where the kernel does what it says, and tells the rule where not', () => {
  expect(CASE_1).toPassScenario({ profile: '5.19.0' });
  expect(CASE_1).not.toPassScenario({ profile: '6.12.43' });
  expect(() => expect(CASE_1).toPassScenario({ profile: '6.12.43' })).toThrow(
    /line 5: \+0 {5}> R 1382665639.*\n.*expected ctstate INVALID, found ESTABLISHED\n(.*\n)*.*rst-answers-challenge-ack(.*\n)*.*has challenge-ack-fix/,
  );
});

it('compares verdicts as lines of a scenario do', () => {
  const tracker = createTracker({ profile: '5.19.0' });
  const tuple = { src: '10.0.0.1', sport: 1024, dst: '10.0.0.2', dport: 80 };
  const syn = tracker.track({ at: 0, ...tuple, flags: 'S', seq: 1, win: 100 });
  expect(syn).toHaveCtstate('NEW');
  expect(syn).toBeVerdict('NEW SYN_SENT 120 [UNREPLIED]');
  expect(syn).not.toBeVerdict('NEW SYN_SENT 120');
  expect(() => expect(syn).toBeVerdict('INVALID -')).toThrow(
    'expected INVALID -, found NEW SYN_SENT 120 [UNREPLIED]: new-connection',
  );
  expect(() => expect(syn).not.toHaveCtstate('NEW')).toThrow('expected not NEW, found NEW');
  expect(() => expect(syn).toBeVerdict('OLD')).toThrow('column 1: expected one of NEW,');
});

it('tells the story of a connect that was not connected', () => {
  const pod = createPod({ profile: '6.12', addresses: ['10.0.0.1'], ...istioOutbound() });
  const run = pod.connect({ sport: 40000, to: '10.0.0.2:80' });
  expect(run).toConnect();
  const alone = createPod({ profile: '6.12', addresses: ['10.0.0.1'] });
  const lost = alone.connect({ sport: 40000, to: '10.0.0.2:80', timeoutSeconds: 0.5 });
  expect(lost).not.toConnect();
  expect(() => expect(lost).toConnect()).toThrow(/timed-out after 0.5 s\n.*\n.*no socket here/);
});

it('asserts without a test runner', () => {
  assert.doesNotThrow(() => assertScenario(CASE_1, { profile: '5.19.0' }));
  assert.throws(() => assertScenario(CASE_1, { profile: '6.12.43' }), {
    name: 'AssertionError',
    code: 'ERR_ASSERTION',
    actual: ['ESTABLISHED', 'CLOSE'],
    expected: ['INVALID', 'SYN_SENT'],
  });
  const tracker = createTracker({ profile: '5.19.0' });
  const tuple = { src: '10.0.0.1', sport: 1024, dst: '10.0.0.2', dport: 80 };
  const rst = tracker.track({ at: 0, ...tuple, flags: 'R', seq: 1 });
  assertVerdict(rst, 'INVALID -');
  expect(() => assertVerdict(rst, 'NEW')).toThrow('expected NEW, found INVALID -: cannot-begin');
});
