import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { isScene, makeScene } from './make-scene.ts';
import {
  asIpv6,
  file,
  incidentOf,
  pcaps,
  recording,
  rewrite,
  sceneOf,
  without,
} from './testing/incidents.ts';

const CASE_1 = recording('5.19.0-case1');
const LAB = recording('6.18.44-lab-rstdrop');
const stage = (number: number, files = CASE_1): CapturedFile[] =>
  files.filter(({ path }) => path.startsWith(`${number}-`) || !path.includes('/'));

describe('makeScene', () => {
  it('takes the last snapshot with the old socket before the first SYN', () => {
    const { snapshot } = sceneOf(CASE_1);
    expect(snapshot).toMatchObject({ name: '5-leaked-fin-wait-2', at: 1795389981.7964694 });
    // From date.txt to the SYN in tcpdump-lo.txt: 23:26:21.796469 to 23:26:25.461086.
    expect(snapshot?.secondsBefore).toBeCloseTo(3.664617, 5);
  });

  it('takes the last one of all where no packet tells', () => {
    const { snapshot } = sceneOf(without(CASE_1, /tcpdump/));
    expect(snapshot).toMatchObject({ name: '8-after', secondsBefore: null });
  });

  it('reads the numbers, the window and the clocks from packets, text or capture file', () => {
    for (const files of [CASE_1, [...without(CASE_1, /tcpdump/), ...pcaps()]]) {
      const { numbers, connect, oldSocket } = sceneOf(files);
      expect(numbers).toEqual({ isn: 66001914, rcvNxt: 1382665639, sndNxt: 2639327787 });
      expect(connect.socket).toEqual({
        timestamps: { offset: 736175789 },
        rcvWindow: 62720,
        rcvScale: 7,
        mss: 8960,
        nextIpId: 20402,
        sackOK: true,
      });
      expect(oldSocket).toMatchObject({ rcvWindow: 65536, rcvScale: 7, uid: 1337 });
      expect(oldSocket.timestamps).toMatchObject({ offset: 3056285578, recent: 736160300 });
    }
  });

  it('reads what the connect was from sockets and entries where no packet shows it', () => {
    const lab = sceneOf(stage(4, without(LAB, /tcpdump/)));
    expect(lab.to).toEqual({ address: '10.77.0.2', port: 7777 });
    expect(lab.connect.uid).toBe(1000);
  });

  it('keeps the entry of the old connection while it lives, less the seconds to the connect', () => {
    const { entries, old } = sceneOf(without(stage(2), /tcpdump/));
    expect(entries).toEqual([
      {
        state: 'CLOSE_WAIT',
        timeout: 5,
        original: { src: '172.29.73.7', sport: 44410, dst: '172.21.206.198', dport: 7777 },
        reply: { src: '127.0.0.1', sport: 15001, dst: '172.29.73.7', dport: 44410 },
        unreplied: false,
      },
    ]);
    expect(old.isForgotten).toBe(false);
    // The SYN of the reconnect came 15 s after that snapshot.
    expect(sceneOf(stage(2)).entries).toEqual([]);
  });

  it('leaves out the entry of a connect that got nowhere', () => {
    expect(sceneOf(without(stage(6), /tcpdump/)).entries).toEqual([]);
    expect(sceneOf(without(stage(8), /tcpdump/)).entries).toEqual([]);
  });

  it('says how old the half-close is: by packets, else by ss -i, else a guess that is told', () => {
    const seconds = (files: CapturedFile[]): number => sceneOf(files).old.halfClosedSeconds;
    // CLOSE_WAIT lasts 60 s: what conntrack has forgotten is older than that.
    expect(seconds(CASE_1)).toBe(61);
    const quick = rewrite(CASE_1, (text) =>
      text.replace('tcp_timeout_close_wait = 60', 'tcp_timeout_close_wait = 6'),
    );
    // From the FIN at 23:26:09.960530 to the SYN.
    expect(seconds(quick)).toBeCloseTo(15.500556, 4);
    // lastack:12180 of the old socket in ss -tinaoe.
    expect(seconds(without(stage(5, quick), /tcpdump/))).toBeCloseTo(12.18, 4);
    const blind = without(stage(5, quick), /tcpdump|tinaoe/);
    expect(seconds(blind)).toBe(600);
    expect(sceneOf(blind).assumptions).toContain(
      'Nothing tells how old the half-close is: it is taken to be 600 s old.',
    );
  });

  it('takes over the sysctls that somebody has set, and no default', () => {
    expect(sceneOf(CASE_1).sysctls.set).toEqual({});
    expect(sceneOf(recording('5.19.0-case1-be_liberal')).sysctls.set).toEqual({
      nf_conntrack_tcp_be_liberal: 1,
    });
    const odd = rewrite(CASE_1, (text) => text.replace('be_liberal = 0', 'be_liberal = 7'));
    expect(sceneOf(odd).assumptions).toContain(
      'net.netfilter.nf_conntrack_tcp_be_liberal = 7 is left out: expected an integer from 0 to 1.',
    );
  });

  it('takes the usual rules of a sidecar where those captured do not lead to the proxy', () => {
    const other = rewrite(CASE_1, (text, path) =>
      path.includes('iptables') ? text.replace('--to-ports 15001', '--to-ports 15002') : text,
    );
    // Then 15001 intercepts nothing, but for the packets that show it.
    expect(makeScene(incidentOf(other))).toHaveProperty('problem');
    const without15001 = sceneOf(without(CASE_1, /iptables/));
    expect(without15001.assumptions).toContain(
      'No rules were captured: the usual rules of a sidecar that redirect to it are taken.',
    );
    const exempt = rewrite(CASE_1, (text) =>
      text.replace('-A ISTIO_OUTPUT -d 127.0.0.1/32', '-A ISTIO_OUTPUT -d 172.16.0.0/12'),
    );
    expect(sceneOf(exempt).assumptions).toContain(
      'The rules that were captured lead the connect to 172.21.206.198:7777, not to port 15001: the usual rules of a sidecar that redirect to it are taken.',
    );
  });

  it('takes IPv6 as it takes IPv4', () => {
    expect(sceneOf(rewrite(CASE_1, asIpv6))).toMatchObject({
      stale: {
        client: { address: 'fd00:29::7', port: 44410 },
        local: { address: '::1', port: 15001 },
      },
      to: { address: 'fd00:21::198', port: 7777 },
      numbers: { isn: 66001914, rcvNxt: 1382665639 },
    });
  });

  it('lets something stand in for a destination that nothing tells', () => {
    const row =
      'tcp   FIN-WAIT-2 0 0 127.0.0.1:15001 10.0.0.7:44410 users:(("envoy",pid=1,fd=3)) ino:9 sk:9 <--\n';
    const { to, assumptions, isSameDestination } = sceneOf([file('ss-naoep.txt', row)]);
    expect([to, isSameDestination]).toEqual([{ address: '192.0.2.1', port: 80 }, null]);
    expect(assumptions[0]).toBe(
      'No record shows where connects from this port go: 192.0.2.1:80 stands in.',
    );
  });

  it('says why there is none', () => {
    const problem = (files: CapturedFile[], port?: number): unknown => {
      const scene = makeScene(incidentOf(files), port);
      return isScene(scene) ? null : scene.problem;
    };
    expect(problem(stage(1).filter(({ path }) => !path.includes('tcpdump')))).toBe(
      'no old socket of a proxy stands on an outbound interception port (15001), so that no port collides or would',
    );
    expect(problem(CASE_1, 40000)).toBe(
      'no old socket of the proxy belongs to port 40000 in this incident; one belongs to 44410',
    );
    expect(problem(CASE_1, 44410)).toBeNull();
  });
});
