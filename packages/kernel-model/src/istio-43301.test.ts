import { expect, it } from 'vitest';
import { createPod, istioOutbound } from './index.ts';
import { assertScenario } from './matchers/index.ts';

it('a connect meets the old socket of a sidecar: it times out on 5.19, not on 6.2', () => {
  const { nat, rules, sockets } = istioOutbound();
  const stale = { state: 'FIN-WAIT-2', rcvNxt: 1382665639 } as const;
  const old = { ...stale, local: '127.0.0.1:15001', peer: '172.29.73.7:44410' };
  const pod = { addresses: ['172.29.73.7'], nat, rules, sockets: [...sockets, old] };
  const connect = { sport: 44410, to: '172.21.206.198:7777', isn: 66001914 };
  expect(createPod({ ...pod, profile: '5.19.0' }).connect(connect).outcome).toBe('timed-out');
  expect(createPod({ ...pod, profile: '6.2.1' }).connect(connect).outcome).toBe('connected');
});

it('because conntrack finds the RST that answers the challenge ACK INVALID', () => {
  const scenario = `
    redirect 15001
    +0     > S 66001914 win 62720                  NEW SYN_SENT 120 [UNREPLIED]
    +0.02  < . 2639327787 ack 1382665639 win 512   ESTABLISHED SYN_SENT
    +0     > R 1382665639                          INVALID SYN_SENT`;
  assertScenario(scenario, { profile: '5.14.21-150400.24.21-default' });
});
