import { describe, expect, it } from 'vitest';
import { isAffected } from '../affected.ts';
import { ALL_PROFILES } from '../profiles.ts';
import { createPod } from './create-pod.ts';
import { istioOutbound } from './istio-outbound.ts';
import type { ConnectRun, Pod, PodOptions } from './pod.ts';

/** The pod of istio #43301: the sidecar's socket waits for the sequence number `expects`. */
function incidentPod(expects: number, options: Partial<PodOptions> = {}): Pod {
  const istio = istioOutbound();
  return createPod({
    profile: 'mainline-5.19',
    addresses: ['172.29.73.7'],
    ...istio,
    ...options,
    sockets: [
      ...istio.sockets,
      {
        state: 'FIN-WAIT-2',
        uid: 1337,
        local: '127.0.0.1:15001',
        peer: '172.29.73.7:44410',
        sndNxt: 2639327787,
        rcvNxt: expects,
      },
    ],
  });
}

const CASES = {
  1: { expects: 1382665639, isn: 66001914 },
  2: { expects: 2082340714, isn: 3587723838 },
};

function reconnect(number: 1 | 2, options: Partial<PodOptions> = {}): ConnectRun {
  const { expects, isn } = CASES[number];
  const pod = incidentPod(expects, options);
  return pod.connect({ sport: 44410, to: '172.21.206.198:7777', isn });
}

describe('the pod of istio #43301', () => {
  it.each(ALL_PROFILES.map((profile) => [profile.id, profile] as const))(
    'times out in case 1 on %s exactly if that is affected, and connects in case 2',
    (_, profile) => {
      const fate = isAffected(profile) ? 'timed-out' : 'connected';
      expect(reconnect(1, { profile }).outcome).toBe(fate);
      expect(reconnect(2, { profile }).outcome).toBe('connected');
    },
  );

  it('does the same twice', () => {
    expect(reconnect(1)).toEqual(reconnect(1));
  });
});
