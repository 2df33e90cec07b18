import { expect, it } from 'vitest';
import { hostOf } from '../testing/socket-host.ts';
import { synTimes } from './syn-timer.ts';

it('doubles the pause between SYNs, and gives up after 127 s', () => {
  const { sent, givenUp } = synTimes(hostOf('5.19.0').sysctls);
  expect(sent).toEqual([0, 1, 3, 7, 15, 31, 63]);
  expect(givenUp).toBe(127);
});

it('doubles it later where tcp_syn_linear_timeouts is 4: 67 s to the last, 131 s in all', () => {
  const { sent, givenUp } = synTimes(hostOf('6.12').sysctls);
  expect(sent).toEqual([0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67]);
  expect(givenUp).toBe(131);
});

it('counts an early SYN as the first that was sent again', () => {
  expect(synTimes(hostOf('5.19.0').sysctls, true).sent.slice(0, 4)).toEqual([
    0, 0.008, 2.008, 6.008,
  ]);
});

it('keeps to tcp_syn_retries', () => {
  expect(synTimes(hostOf('5.19.0', 0, { tcp_syn_retries: 2 }).sysctls)).toEqual({
    sent: [0, 1, 3],
    givenUp: 7,
  });
});
