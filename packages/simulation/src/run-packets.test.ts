import { describe, expect, it } from 'vitest';
import { runPackets, type SimulatedPacket } from './run-packets.ts';
import { runsOf } from './simulate-connect.ts';
import type { SimulatedRun } from './simulated-run.ts';
import { tellRun } from './tell-run.ts';
import { profileOf, recording, sceneOf, without } from './testing/incidents.ts';

const scene = sceneOf(recording('5.19.0-case1'));

function run(kernel: string, mitigation: Parameters<typeof runsOf>[2] = 'none'): SimulatedRun {
  const [first] = runsOf(scene, profileOf(kernel), mitigation);
  if (first === undefined) throw new Error('no run');
  return first;
}

describe('the packets of a run', () => {
  it('are told once each, as explain tells those of a capture', () => {
    const told = runPackets(run('5.19.0')).slice(0, 3);
    const short = ({ n, at, hop, nat, ctstate, sender, socket, says }: SimulatedPacket) => {
      return [n, at, hop, nat, ctstate, sender.owner, socket?.does, says];
    };
    expect(told.map(short)).toEqual([
      [
        1,
        0,
        'lo',
        'dnat',
        'NEW',
        'app',
        'challenge-ack',
        "The application asks for a connection; the proxy's socket in FIN-WAIT-2 answers with a challenge ACK.",
      ],
      [
        2,
        0.00002,
        'lo',
        'un-dnat',
        'ESTABLISHED',
        'proxy',
        'rst',
        "The proxy answers with an ACK of the old connection; the application's socket in SYN-SENT answers with a RST.",
      ],
      [
        3,
        0.00004,
        'eth0',
        'none',
        'INVALID',
        'app',
        'ignores',
        'The application answers with a RST; conntrack calls it INVALID (SEQ is over the upper bound (over the window of the receiver)), so it leaves untranslated by eth0 and reaches nobody who knows of it.',
      ],
    ]);
    expect(told.map(({ file, conversation, expected }) => [file, conversation, expected])).toEqual(
      Array.from({ length: 3 }, () => [null, 1, true]),
    );
  });

  it('end where a rule drops them', () => {
    const [, , rst] = runPackets(run('5.19.0', 'drop-invalid'));
    expect(rst).toMatchObject({ hop: 'sent', dropped: 'rule', socket: null, ctstate: 'INVALID' });
    expect(rst?.says).toMatch(/ calls it INVALID \(.*\), and a rule drops it\.$/);
  });

  it('reach the old socket without NAT though they are INVALID', () => {
    const [, , rst] = runPackets(run('5.19.0', 'tproxy'));
    expect(rst).toMatchObject({ ctstate: 'INVALID', nat: 'none', socket: { does: 'reset' } });
    expect(rst?.says).toMatch(
      /, but it needs no NAT: the proxy's socket in FIN-WAIT-2 is reset\.$/,
    );
  });
});

describe('why a run ended so', () => {
  it.each([
    ['5.19.0', 'none', 'conntrack calls the RST INVALID (SEQ is over the upper bound'],
    ['5.19.0', 'drop-invalid', ', and a rule drops it before it reaches the old socket'],
    ['5.19.0', 'be-liberal', 'The RST is valid (be-liberal), reaches the old socket and ends it'],
    ['6.2.1', 'none', 'The RST is valid (rst-answers-challenge-ack), reaches the old socket'],
    ['5.19.0', 'tproxy', 'but there is no NAT for it to miss'],
  ] as const)('is told, on %s with %s', (kernel, mitigation, told) => {
    expect(tellRun(run(kernel, mitigation))).toContain(told);
  });

  it('is told where no old socket is met: the live entry makes NAT take another port', () => {
    const live = sceneOf(without(recording('5.19.0-case1'), /tcpdump|^[134568]-/));
    const elsewhere = { address: '172.21.206.199', port: 80 };
    const moved = { ...live, to: elsewhere, connect: { ...live.connect, to: elsewhere } };
    const [first] = runsOf(moved, profileOf('5.19.0'), 'none');
    expect(first?.outcome).toBe('connected');
    expect(first === undefined ? '' : tellRun(first)).toMatch(
      /^The old connection still has its entry, so NAT gives this one another source port \(\d+\)/,
    );
  });
});
