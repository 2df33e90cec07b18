import { describe, expect, it } from 'vitest';
import { parseSs } from './parse-ss.ts';

function only(line: string): unknown {
  const table = parseSs(line);
  expect(table.diagnostics).toEqual([]);
  expect(table.length).toBe(1);
  return table.at(0);
}

/** Lines put together from what misc/ss.c prints, where no recording has the form. */
describe('a line of ss', () => {
  it('is read in the dialect before 4.16', () => {
    expect(
      only('LISTEN     0      128                      :::22                      :::*'),
    ).toMatchObject({
      state: 'LISTEN',
      local: { address: '::', port: 22 },
      peer: { address: '::', port: null },
    });
    expect(
      only('tcp    ESTAB      0      0      ::ffff:10.0.0.1:443   ::ffff:10.0.0.2:50000'),
    ).toMatchObject({
      local: { address: '::ffff:10.0.0.1', port: 443 },
    });
  });

  it('is read without queues', () => {
    expect(only('tcp   ESTAB 10.0.0.1:80 10.0.0.2:4000 ino:7 sk:1 <->')).toMatchObject({
      recvq: null,
      sendq: null,
      local: { port: 80 },
      inode: 7,
    });
  });

  it('is read without Netid, State and queues', () => {
    expect(only('10.0.0.1:80 10.0.0.2:4000')).toMatchObject({ netid: null, state: null });
  });

  it('tells TIME-WAIT from its timer where the state was asked for', () => {
    expect(only('0 0 10.0.0.1:80 10.0.0.2:4000 timer:(timewait,46sec,0)')).toMatchObject({
      state: 'TIME-WAIT',
      timer: { seconds: 46 },
    });
  });

  it('has IPv6 with an interface', () => {
    expect(only('udp UNCONN 0 0 [fe80::1]%eth0:546 [::]:*')).toMatchObject({
      local: { address: 'fe80::1', port: 546, interface: 'eth0' },
    });
    expect(only('udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*')).toMatchObject({
      local: { address: '127.0.0.53', port: 53, interface: 'lo' },
    });
  });

  it('is an association of an SCTP endpoint', () => {
    const text =
      'sctp  LISTEN    0  128  10.0.0.1:36412  0.0.0.0:*\n      `- ESTAB  0  0  10.0.0.1%eth0:36412  10.0.0.2:36412\n';
    expect([...parseSs(text)]).toMatchObject([
      { netid: 'sctp', state: 'LISTEN' },
      { netid: 'sctp', state: 'ESTAB', association: true, local: { interface: 'eth0' } },
    ]);
  });

  it('is a vsock, a TIPC, an XDP and a connected netlink socket', () => {
    expect(only('v_str ESTAB 0 0 2:1024 4294967295:*')).toMatchObject({
      local: { address: '2', port: 1024 },
    });
    expect(only('v_str LISTEN 0 0 *:4294967294 *:*')).toMatchObject({
      local: { port: 4294967294 },
    });
    const tipc = parseSs(
      'ti_st LISTEN 0 0 16781313:123 - ino:9 sk:2\n type:STREAM cong:none  drop:0  publ\n',
    );
    expect(tipc.at(0)).toMatchObject({
      local: { address: '16781313', port: 123 },
      peer: { address: '-', port: null },
      inode: 9,
      details: { type: 'STREAM', cong: 'none', drop: '0', publ: 'publ' },
    });
    const xdp = parseSs(
      'xdp UNCONN 0 0 eth0:q0 * ino:9 sk:2\n\trx(entries:2048)\n\tstats(rx dropped:0,tx invalid:1)\n',
    );
    expect(xdp.at(0)).toMatchObject({
      local: { address: 'eth0', port: null, service: 'q0' },
      details: { rx: 'entries:2048', stats: 'rx dropped:0,tx invalid:1' },
    });
    expect(only('nl UNCONN 0 0 rtnl:Web Content/123 * sk=0 cb=0 groups=0x00000001')).toMatchObject({
      local: { address: 'rtnl', service: 'Web Content/123' },
    });
    expect(only('nl ESTAB 0 0 16:-42 0:77 sk=0 cb=0 groups=0x00000001')).toMatchObject({
      local: { address: '16', port: -42 },
      peer: { address: '0', port: 77 },
    });
  });

  it('is MPTCP, with a subflow under TLS', () => {
    expect(
      only(
        'mptcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000 ino:7 sk:1 <-> subflows:1 remote_key token:a1b2 bytes_sent:9',
      ),
    ).toMatchObject({
      tcp: null,
      details: { subflows: '1', remote_key: 'remote_key', token: 'a1b2', bytes_sent: '9' },
    });
    expect(
      only(
        'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000 cubic cwnd:10 tcp-ulp-tls version: 1.3 cipher: aes-gcm-128 rxconf: sw txconf: hw zc_ro_tx',
      ),
    ).toMatchObject({
      tcp: { congestion: 'cubic', cwnd: 10 },
      details: { ulp: 'tls', version: '1.3', cipher: 'aes-gcm-128', rxconf: 'sw', txconf: 'hw' },
    });
  });

  it('keeps counts over 2^53 as digits', () => {
    expect(
      only('tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000 bytes_sent:14385317585936796820 bytes_acked:9'),
    ).toMatchObject({
      tcp: { bytes_sent: '14385317585936796820', bytes_acked: 9 },
    });
  });

  it('reads queues over 2^31, which ss prints as negative numbers', () => {
    expect(only('tcp ESTAB -1 0 10.0.0.1:80 10.0.0.2:4000')).toMatchObject({ recvq: 4294967295 });
  });

  it('has the marks, options and groups of -e and their like', () => {
    expect(
      only(
        'tcp LISTEN 0 128 10.0.0.1:80 0.0.0.0:* uid:0 ino:7 sk:1 fwmark:0x1f cgroup:/a b:1 v6only:1 <-> tos:0x10',
      ),
    ).toMatchObject({
      fwmark: 31,
      cgroup: '/a',
      v6only: true,
      details: { tos: '0x10' },
      extra: ['b:1'],
    });
  });
});
