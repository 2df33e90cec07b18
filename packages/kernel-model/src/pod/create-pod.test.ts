import { describe, expect, it } from 'vitest';
import { isAffected } from '../affected.ts';
import { ALL_PROFILES } from '../profiles.ts';
import { createPod } from './create-pod.ts';
import { istioCase } from './istio-case.ts';
import { istioOutbound } from './istio-outbound.ts';
import { applyMitigation } from './mitigation.ts';
import type { ConnectRun, PodOptions } from './pod.ts';

function reconnect(number: 1 | 2, options: Partial<PodOptions> = {}): ConnectRun {
  const { pod, connect } = istioCase(number, 'mainline-5.19');
  return createPod({ ...pod, ...options }).connect(connect);
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

  it('shows each packet as it is sent, and on its device', () => {
    const { packets } = reconnect(1);
    const first = packets
      .slice(0, 6)
      .map(({ packet, hop, segment: { src, sport, dst, dport } }) => {
        return `${packet} ${hop} ${src}:${sport} ${dst}:${dport}`;
      });
    expect(first).toEqual([
      '1 sent 172.29.73.7:44410 172.21.206.198:7777',
      '1 lo 172.29.73.7:44410 127.0.0.1:15001',
      '2 sent 127.0.0.1:15001 172.29.73.7:44410',
      '2 lo 172.21.206.198:7777 172.29.73.7:44410',
      '3 sent 172.29.73.7:44410 172.21.206.198:7777',
      '3 eth0 172.29.73.7:44410 172.21.206.198:7777',
    ]);
    expect(packets.slice(0, 6).map(({ nat }) => nat)).toEqual([
      'none',
      'dnat',
      'none',
      'un-dnat',
      'none',
      'none',
    ]);
    expect(packets[4]).toMatchObject({
      ctstate: 'INVALID',
      entry: { state: 'SYN_SENT', timeout: 119, unreplied: false },
      sender: { owner: 'app', state: 'SYN-SENT', does: 'rst' },
      socket: null,
      why: { rule: 'seq-over-upper-bound', values: { seq: 1382665639, upperBound: 66001916 } },
    });
    expect(packets[7]).toMatchObject({
      sender: { does: 'retransmits' },
      socket: { owner: 'proxy', state: 'FIN-WAIT-2', does: 'suppressed' },
    });
  });

  it('drops the INVALID RST where a rule says so', () => {
    const { rules = [] } = istioCase(1, '5.19.0').pod;
    const drop = {
      hook: 'output',
      match: { ctstate: ['INVALID'] },
      action: { kind: 'drop' },
    } as const;
    const { packets, outcome, logs } = reconnect(1, { rules: [...rules, drop] });
    expect(outcome).toBe('timed-out');
    expect(packets.some(({ hop }) => hop === 'eth0')).toBe(false);
    expect(packets[4]).toMatchObject({ hop: 'sent', dropped: 'rule' });
    expect(logs).toHaveLength(6);
  });

  it('keeps the old socket for the next connect where it timed out, and not where it connected', () => {
    const { pod, connect } = istioCase(1, '5.19.0');
    const stuck = createPod(pod);
    stuck.connect({ ...connect, timeoutSeconds: 10 });
    expect(stuck.now).toBe(10);
    expect(stuck.sockets.map(({ state }) => state)).toEqual(['LISTEN', 'FIN-WAIT-2']);
    expect(stuck.entries).toMatchObject([{ state: 'SYN_SENT', unreplied: false }]);
    const healed = createPod({ ...pod, profile: '6.12' });
    healed.connect(connect);
    expect(healed.sockets.map(({ state, owner }) => `${owner} ${state}`)).toEqual([
      'proxy LISTEN',
      'app ESTABLISHED',
      'proxy ESTABLISHED',
    ]);
    expect(healed.entries).toMatchObject([{ state: 'ESTABLISHED', assured: true }]);
  });
});

const istio = istioOutbound();
const base: PodOptions = { profile: '6.12', addresses: ['10.0.0.1', 'fd00::1'], ...istio };

describe('a pod', () => {
  it('redirects a connect to its proxy, over IPv6 too', () => {
    const v6 = { state: 'LISTEN', uid: 1337, local: '[::1]:15001' } as const;
    const pod = createPod({ ...base, sockets: [...istio.sockets, v6] });
    const run = pod.connect({ sport: 40000, to: '[fd00::2]:80' });
    expect(run.outcome).toBe('connected');
    expect(run.packets[1]?.segment).toMatchObject({ dst: '::1', dport: 15001, src: 'fd00::1' });
    expect(pod.connect({ sport: 40000, to: '10.0.0.2:80' }).outcome).toBe('connected');
  });

  it("leaves the proxy's own connects alone, and a peer answers them", () => {
    const peers = [{ state: 'LISTEN', local: '10.0.0.2:80' }] as const;
    const pod = createPod({ ...base, peers });
    const run = pod.connect({ sport: 40000, to: '10.0.0.2:80', uid: 1337 });
    expect(run.outcome).toBe('connected');
    const hops = run.packets.map(({ hop, segment: { flags } }) => `${hop} ${flags}`);
    expect(hops).toEqual(['sent S', 'eth0 S', 'eth0 SA', 'sent A', 'eth0 A']);
    expect(run.packets[2]).toMatchObject({
      sender: { owner: 'peer', does: 'syn-ack' },
      socket: { owner: 'app', state: 'SYN-SENT', does: 'ack' },
    });
  });

  it('is refused where a peer listens on another port, and where nobody listens on loopback', () => {
    const peers = [{ state: 'LISTEN', local: '10.0.0.2:80' }] as const;
    const far = createPod({ ...base, peers }).connect({ sport: 1, to: '10.0.0.2:81', uid: 1337 });
    expect([far.outcome, far.counters.TcpAttemptFails]).toEqual(['refused', 1]);
    const near = createPod({ ...base, sockets: [] }).connect({ sport: 1, to: '10.0.0.2:80' });
    expect(near.outcome).toBe('refused');
  });

  it('is refused by the mini socket of an orphan in FIN-WAIT-2', () => {
    const mini = {
      state: 'FIN-WAIT-2',
      mini: true,
      local: '127.0.0.1:15001',
      peer: '10.0.0.1:40000',
      rcvNxt: 1000,
    } as const;
    const pod = createPod({ ...base, sockets: [...istio.sockets, mini] });
    const run = pod.connect({ sport: 40000, to: '10.0.0.2:80', isn: 2000 });
    expect(run.outcome).toBe('refused');
  });

  it('connects through TIME-WAIT, which makes room', () => {
    const old = {
      state: 'TIME-WAIT',
      local: '127.0.0.1:15001',
      peer: '10.0.0.1:40000',
      rcvNxt: 1000,
      sndNxt: 7000,
    } as const;
    const pod = createPod({ ...base, sockets: [...istio.sockets, old] });
    const run = pod.connect({ sport: 40000, to: '10.0.0.2:80', isn: 2000 });
    expect(run.outcome).toBe('connected');
    expect(run.packets[2]?.segment).toMatchObject({ flags: 'SA', seq: 7000 + 65_537 });
  });

  it('gives another source port where a live entry of another destination has the reply tuple', () => {
    const entry = {
      state: 'CLOSE_WAIT',
      timeout: 30,
      original: { src: '10.0.0.1', sport: 40000, dst: '10.0.0.9', dport: 80 },
      reply: { src: '127.0.0.1', sport: 15001, dst: '10.0.0.1', dport: 40000 },
    } as const;
    const pod = createPod({ ...base, entries: [entry] });
    expect(pod.entries).toMatchObject([{ state: 'CLOSE_WAIT', timeout: 30, assured: true }]);
    const run = pod.connect({ sport: 40000, to: '10.0.0.2:80' });
    expect(run.outcome).toBe('connected');
    const port = run.packets[1]?.segment.sport;
    expect(port).not.toBe(40000);
    expect(run.packets[3]?.segment.dport).toBe(40000);
    pod.wait(100);
    expect(pod.entries).toHaveLength(1);
  });

  it('starts with entries in every state that conntrack -L shows', () => {
    const original = { src: '10.0.0.1', sport: 40000, dst: '10.0.0.9', dport: 80 };
    const reply = { src: '127.0.0.1', sport: 15001, dst: '10.0.0.1', dport: 40000 };
    const states = ['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'CLOSE_WAIT'] as const;
    const late = ['LAST_ACK', 'TIME_WAIT', 'CLOSE'] as const;
    for (const profile of ['4.19.222', '5.19.0', '7.3']) {
      for (const state of [...states, ...late]) {
        const entries = [{ state, timeout: 7, original, reply }];
        const pod = createPod({ ...base, profile, entries });
        expect(pod.entries).toMatchObject([
          { state, timeout: 7, unreplied: false, original, reply },
        ]);
      }
    }
  });

  it("starts with the proxy's own entries, which are not translated", () => {
    const original = { src: '10.0.0.1', sport: 40000, dst: '10.0.0.9', dport: 80 };
    const reply = { src: '10.0.0.9', sport: 80, dst: '10.0.0.1', dport: 40000 };
    const pod = createPod({
      ...base,
      entries: [{ state: 'ESTABLISHED', timeout: 99, original, reply }],
    });
    expect(pod.entries).toMatchObject([{ state: 'ESTABLISHED', timeout: 99, original, reply }]);
  });

  it('takes sockets as ss prints them', () => {
    const any = { state: 'LISTEN', local: '*:15001', peer: '0.0.0.0:0' } as const;
    const old = { state: 'ESTAB', local: '127.0.0.1:15001', peer: '10.0.0.1:40000' } as const;
    const pod = createPod({ ...base, sockets: [any, old] });
    expect(pod.sockets[1]?.state).toBe('ESTABLISHED');
    const run = pod.connect({ sport: 40000, to: '10.0.0.2:80', timeoutSeconds: 0.1 });
    expect(run.packets[1]?.socket?.does).toBe('challenge-ack');
    expect(pod.connect({ sport: 40001, to: '[fd00::2]:80' }).outcome).toBe('connected');
    const four = createPod({ ...base, sockets: [{ state: 'LISTEN', local: '0.0.0.0:15001' }] });
    expect(four.connect({ sport: 40001, to: '[fd00::2]:80' }).outcome).toBe('refused');
    expect(four.connect({ sport: 40001, to: '10.0.0.2:80' }).outcome).toBe('connected');
  });

  it('keeps no entry of a connection whose first packet a rule drops', () => {
    const drop = { hook: 'output', match: { dport: 15001 }, action: { kind: 'drop' } } as const;
    const pod = createPod({ ...base, rules: [drop] });
    const run = pod.connect({ sport: 40000, to: '10.0.0.2:80', timeoutSeconds: 2.5 });
    expect(run.packets.map(({ hop, dropped, ctstate }) => [hop, dropped, ctstate])).toEqual([
      ['sent', 'rule', 'NEW'],
      ['sent', 'rule', 'NEW'],
      ['sent', 'rule', 'NEW'],
    ]);
    expect(pod.entries).toEqual([]);
  });

  describe('whose application closes late', () => {
    const app = { owner: 'app', state: 'CLOSE-WAIT', local: '10.0.0.1:40000' } as const;
    const mine = { ...app, peer: '10.0.0.2:80', sndNxt: 5000, rcvNxt: 9000 };
    const half = { state: 'FIN-WAIT-2', local: '127.0.0.1:15001', peer: '10.0.0.1:40000' } as const;
    const its = { ...half, sndNxt: 9000, rcvNxt: 5000 };
    const sockets = [...istio.sockets, mine, its];
    const peers = [{ state: 'LISTEN', local: '10.0.0.2:80' }] as const;
    const ends = { local: '10.0.0.1:40000', peer: '10.0.0.2:80' };

    it('loses the FIN to the service where the entry has expired, whose RST ends the socket', () => {
      const pod = createPod({ ...base, sockets, peers });
      const { state, packets } = pod.close(ends);
      expect(state).toBe('CLOSED');
      expect(packets.map(({ hop, ctstate, segment: { flags } }) => [hop, flags, ctstate])).toEqual([
        ['sent', 'FA', 'INVALID'],
        ['eth0', 'FA', 'INVALID'],
        ['eth0', 'R', 'INVALID'],
      ]);
      expect(pod.sockets.map((socket) => socket.state)).toEqual(['LISTEN', 'FIN-WAIT-2']);
    });

    it('stays in LAST-ACK, and its port taken, where a rule drops INVALID', () => {
      const match = { ctstate: ['INVALID'] } as const;
      const drop = { hook: 'output', match, action: { kind: 'drop' } } as const;
      const pod = createPod({ ...base, sockets, peers, rules: [drop] });
      const { state, packets } = pod.close(ends);
      expect(state).toBe('LAST-ACK');
      expect(packets).toMatchObject([{ hop: 'sent', dropped: 'rule', sender: { does: 'closes' } }]);
      expect(() => pod.connect({ sport: 40000, to: '10.0.0.2:80' })).toThrow('sport: expected');
    });

    it('ends both sockets where the entry is still there', () => {
      const entry = {
        state: 'CLOSE_WAIT',
        timeout: 30,
        original: { src: '10.0.0.1', sport: 40000, dst: '10.0.0.2', dport: 80 },
        reply: { src: '127.0.0.1', sport: 15001, dst: '10.0.0.1', dport: 40000 },
      } as const;
      const pod = createPod({ ...base, sockets, peers, entries: [entry] });
      expect(pod.close(ends).state).toBe('CLOSED');
      expect(pod.sockets.map((socket) => socket.state)).toEqual(['LISTEN', 'TIME-WAIT']);
    });

    it('is one that has such a socket', () => {
      expect(() => createPod(base).close(ends)).toThrow(
        'local: expected an end of one of its connections, found "10.0.0.1:40000"',
      );
    });
  });

  it('leaves out of a rule what its exceptions fit', () => {
    const drop = {
      hook: 'output',
      match: { flags: 'S' },
      except: [{ dport: 15001 }, { flags: 'A' }],
      action: { kind: 'drop' },
    } as const;
    const redirected = createPod({ ...base, rules: [drop] });
    expect(redirected.connect({ sport: 40000, to: '10.0.0.2:80' }).outcome).toBe('connected');
    const direct = createPod({ ...base, nat: [], rules: [drop] });
    const run = direct.connect({ sport: 40000, to: '10.0.0.2:80', timeoutSeconds: 0.5 });
    expect(run.packets.map(({ dropped }) => dropped)).toEqual(['rule']);
  });

  it('sends nothing to a transparent proxy that an earlier rule lets go', () => {
    const nat = [
      { hook: 'output', except: [{ dst: '10.0.0.0/8' }], action: { kind: 'accept' } },
      { hook: 'output', action: { kind: 'redirect', port: 15001 } },
    ] as const;
    const pod = applyMitigation({ ...base, nat }, 'tproxy', '10.0.0.2:80');
    const connect = (to: string) =>
      createPod(pod ?? base).connect({ sport: 40000, to, timeoutSeconds: 1 }).outcome;
    expect(connect('10.0.0.2:80')).toBe('connected');
    expect(connect('11.0.0.2:80')).toBe('timed-out');
  });

  it('gives up when the application does', () => {
    const run = createPod({ ...base, sockets: [], nat: [] }).connect({
      sport: 40000,
      to: '10.0.0.2:80',
      timeoutSeconds: 4.5,
    });
    expect([run.outcome, run.seconds]).toEqual(['timed-out', 4.5]);
    expect(run.packets.filter(({ hop }) => hop === 'eth0').map(({ at }) => at)).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });
});

describe('what no pod can be', () => {
  const connect = { sport: 40000, to: '10.0.0.2:80' };
  const old = { state: 'ESTABLISHED', local: '10.0.0.1:40000', peer: '10.0.0.2:80' } as const;

  it.each<[string, () => unknown]>([
    ['profile: expected', () => createPod({ ...base, profile: 'hurd' })],
    [
      'nf_conntrack_tcp_loose: expected',
      () => createPod({ ...base, sysctls: { nf_conntrack_tcp_loose: 7 } }),
    ],
    [
      'addresses[0]: expected an IPv4 or IPv6 address, found "10.0.0"',
      () => createPod({ ...base, addresses: ['10.0.0'] }),
    ],
    [
      'sockets[0].local: expected address and port as 10.0.0.1:80 or [::1]:80, found "x"',
      () => createPod({ ...base, sockets: [{ state: 'LISTEN', local: 'x' }] }),
    ],
    [
      'sockets[0].peer: expected a peer, for a socket in TIME-WAIT, found undefined',
      () => createPod({ ...base, sockets: [{ state: 'TIME-WAIT', local: '10.0.0.1:1' }] }),
    ],
    [
      'state: expected one of LISTEN, SYN-SENT',
      () => createPod({ ...base, sockets: [{ ...old, state: 'FIN_WAIT' as 'LISTEN' }] }),
    ],
    [
      'rcvNxt: expected an integer from 0 to 4294967295, found -1',
      () => createPod({ ...base, sockets: [{ ...old, rcvNxt: -1 }] }),
    ],
    [
      'rules[0].hook: expected one of prerouting, input, output, found "forward"',
      () =>
        createPod({ ...base, rules: [{ hook: 'forward' as 'input', action: { kind: 'drop' } }] }),
    ],
    [
      'rules[0].match.owner: expected no owner at input, found 0',
      () =>
        createPod({
          ...base,
          rules: [{ hook: 'input', match: { owner: 0 }, action: { kind: 'drop' } }],
        }),
    ],
    [
      'to: expected address and port',
      () => createPod(base).connect({ ...connect, to: '10.0.0.2' }),
    ],
    [
      'from: expected one of the pod\'s addresses: 10.0.0.1, fd00::1, found "10.9.9.9"',
      () => createPod(base).connect({ ...connect, from: '10.9.9.9' }),
    ],
    [
      'sport: expected a port that no socket to 10.0.0.2:80 has, found 40000',
      () => createPod({ ...base, sockets: [old] }).connect(connect),
    ],
    [
      'isn: expected an integer from 0 to 4294967295, found 1.5',
      () => createPod(base).connect({ ...connect, isn: 1.5 }),
    ],
    ['at: expected a number of seconds, found NaN', () => createPod({ ...base, at: Number.NaN })],
    [
      'timeoutSeconds: expected a number of seconds, 0 or more, found -1',
      () => createPod(base).connect({ ...connect, timeoutSeconds: -1 }),
    ],
    [
      'tcp_syn_retries: expected an integer from 0 to 127, found 1000',
      () => createPod({ ...base, sysctls: { tcp_syn_retries: 1000 } }),
    ],
    ['seconds: expected a number of seconds, 0 or more, found -1', () => createPod(base).wait(-1)],
  ])('is rejected: %s', (message, make) => {
    expect(make).toThrow(message);
  });

  it('is an entry that the NAT rules do not lead to', () => {
    const original = { src: '10.0.0.1', sport: 1, dst: '10.0.0.9', dport: 80 };
    const reply = { src: '10.0.0.9', sport: 81, dst: '10.0.0.1', dport: 1 };
    const entries = [{ state: 'ESTABLISHED', timeout: 5, original, reply }] as const;
    expect(() => createPod({ ...base, entries })).toThrow(
      'entries[0].reply: expected a reply tuple that the NAT rules lead to: from 127.0.0.1:15001, 10.0.0.9:80, found "10.0.0.9:81"',
    );
  });
});
