import { describe, expect, it } from 'vitest';
import { parseSs } from './parse-ss.ts';
import type { SsSocket } from './ss-socket.ts';
import { readFixture } from './testing/read-fixture.ts';

function read(name: string): SsSocket[] {
  return [...parseSs(readFixture(`odd-names/${name}.txt`))];
}

function unplaced(sockets: readonly SsSocket[]): unknown[] {
  return sockets.map(({ source: _, ...socket }) => socket);
}

/** How many lines of a recording begin a socket. */
function rows(name: string): number {
  const lines = readFixture(`odd-names/${name}.txt`).split('\n');
  return lines.filter((line) => /^( *\d+: |[a-z]|ESTAB|LISTEN|UNCONN|[A-Z-]+-|\d)/.test(line))
    .length;
}

describe('a listing with odd names', () => {
  it.each([
    ...['ss_-aoepmi', 'ss_-aoepmiO', 'ss_-xpea', 'ss_-tpaT', 'ss_-f_netlink_-p'],
    ...['ss_-n_state_established', 'ss_-tn_state_established', 'ss_-A_unix_seqpacket_-a'],
    ...['netstat_-W_-neopa', 'netstat_-natpw', 'proc_net_tcp', 'proc_net_tcp6', 'proc_net_udp6'],
  ])('is read whole: %s', (name) => {
    const table = parseSs(readFixture(`odd-names/${name}.txt`));
    expect(table.length).toBe(rows(name));
    expect(table.diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
  });

  it('is the same on one line a socket as on several', () => {
    const states = (name: string): unknown[] =>
      read(name).map(({ netid, state, local, peer, shutdown, cgroup, details }) => {
        const { service: _, ...end } = local;
        return { netid, state, end, peer: peer.address, shutdown, cgroup, details };
      });
    const tcpOf = (name: string): unknown[] =>
      states(name).filter((socket) => (socket as SsSocket).netid !== 'nl');
    expect(tcpOf('ss_-aoepmiO')).toEqual(tcpOf('ss_-aoepmi'));
  });

  it('has the processes with quotes, commas and backslashes', () => {
    const names = new Set(read('ss_-tpaT').map(({ process }) => process[0]?.name));
    expect([...names].sort()).toEqual(['a "b', 'back\\slash', 'pid=1,fd=2']);
    expect(read('ss_-tpaT').every(({ process }) => process[0]?.tid === process[0]?.pid)).toBe(true);
  });

  it('has the unix sockets whose paths have blanks and numbers', () => {
    const sockets = read('ss_-xpea');
    const paths = sockets.map(({ local }) => local.address).sort();
    expect(paths.filter((path) => path !== '*')).toEqual([
      '/run/app/a 12 b',
      '/run/app/my socket',
      '/run/app/my socket',
      '/run/app/plain',
      '@abs@name',
    ]);
    const numbered = sockets.find(({ local }) => local.address === '/run/app/a 12 b');
    expect(numbered).toMatchObject({ netid: 'u_seq', state: 'LISTEN', sendq: 1, shutdown: '<->' });
    expect(numbered?.inode).toBe(numbered?.local.port);
    // The inode of the path is not the socket's.
    expect(numbered?.details?.ino).not.toBe(String(numbered?.inode));
  });

  it('has unix sockets in a table without a Netid', () => {
    expect(read('ss_-A_unix_seqpacket_-a')).toMatchObject([
      { netid: null, state: 'LISTEN', local: { address: '/run/app/a 12 b' }, peer: { port: 0 } },
    ]);
  });

  it('gives the name of a service and no port', () => {
    const named = read('ss_-aoepmi').filter(({ local }) => local.service === 'http-alt');
    expect(named.map(({ local }) => local)).toEqual([
      { address: '::', port: null, interface: null, service: 'http-alt' },
    ]);
    const bound = read('ss_-aoepmi').find(({ netid, local }) => netid === 'udp' && local.interface);
    expect(bound?.local).toEqual({
      address: '0.0.0.0',
      port: null,
      interface: 'lo',
      service: 'mdns',
    });
  });

  it('has sockets without a State column, of one table and of all', () => {
    expect(read('ss_-tn_state_established').map(({ netid, state }) => [netid, state])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(new Set(read('ss_-n_state_established').map(({ netid }) => netid))).toEqual(
      new Set(['u_str', 'tcp']),
    );
  });
});

describe('netstat and the kernel on the same sockets', () => {
  const byInode = (sockets: readonly SsSocket[]): Map<number | null, SsSocket> =>
    new Map(sockets.map((socket) => [socket.inode, socket]));
  const ss = byInode(read('ss_-aoepmi').filter(({ netid }) => netid === 'tcp'));

  it.each([['netstat_-W_-neopa'], ['proc_net_tcp'], ['proc_net_tcp6']])(
    'agree with ss on state and owner: %s',
    (name) => {
      const others = read(name).filter(({ netid }) => netid?.startsWith('tcp'));
      expect(others.length).toBeGreaterThan(1);
      for (const socket of others) {
        const { state, uid, recvq } = ss.get(socket.inode) as SsSocket;
        expect(socket).toMatchObject({ state, uid, recvq });
      }
    },
  );

  it('agree with each other on addresses and ports', () => {
    const kernel = byInode([...read('proc_net_tcp'), ...read('proc_net_udp6')]);
    const shared = read('netstat_-W_-neopa').filter(({ inode }) => kernel.has(inode));
    expect(shared.length).toBe(kernel.size);
    for (const { inode, local, peer } of shared) {
      expect(kernel.get(inode)).toMatchObject({ local, peer });
    }
  });

  it('tell the timers', () => {
    const half = read('netstat_-W_-neopa').find(({ state }) => state === 'FIN-WAIT-2');
    expect(half?.timer?.name).toBe('keepalive');
    expect(half?.timer?.seconds).toBeGreaterThan(7100);
    const listening = read('netstat_-W_-neopa').find(({ state }) => state === 'LISTEN');
    expect(listening?.timer).toEqual({ name: 'off', seconds: 0, retransmits: 0 });
  });

  it('name the process and no descriptor', () => {
    expect(read('netstat_-natpw')[0]?.process).toEqual([
      { name: 'python3', pid: expect.any(Number), fd: null },
    ]);
  });

  it('read the recorded collision alike', () => {
    const netstat = [...parseSs(readFixture('collision/netstat-tanpo.txt'))];
    const kernel = [...parseSs(readFixture('collision/proc_net_tcp.txt'))];
    const listing = [...parseSs(readFixture('collision/ss-Htan.txt'))];
    const key = ({ state, local, peer }: SsSocket): unknown => ({ state, local, peer });
    expect(netstat.map(key)).toEqual(listing.map(key));
    expect(kernel.map(key)).toEqual(listing.map(key));
    // 03:00000F72: the time-wait timer, 3954 ticks of 10 ms.
    expect(kernel[2]?.timer).toEqual({ name: 'timewait', seconds: 39.54, retransmits: 0 });
    expect(netstat[2]?.timer).toEqual({ name: 'timewait', seconds: 39.59, retransmits: 0 });
  });
});

it('keeps the sockets of one form apart from those of another', () => {
  expect(unplaced(read('proc_net_udp'))).toMatchObject([{ netid: null, state: 'UNCONN' }]);
});
