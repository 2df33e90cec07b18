import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const MODE_0 = recording('recordings/gateway-ipvs-mode-0');
const MODE_1 = recording('recordings/gateway-ipvs-mode-1');
const said = (files: typeof MODE_0) => saidOf('ipvs-port-reuse', files);
const without = (files: typeof MODE_0, ...parts: readonly string[]) =>
  files.filter(({ path }) => !parts.some((part) => path.includes(part)));

describe('findIpvsPortReuses with a drained server', () => {
  it('tells the port, the server and the setting, and points at each', () => {
    const [reuse] = detect(MODE_0).findings;
    expect(reuse?.tuples).toEqual([{ src: '10.1.0.2', sport: 42001, dst: '10.96.0.9', dport: 80 }]);
    expect(reuse?.summary).toBe(
      "A connect from 10.1.0.2:42001 to 10.96.0.9:80 is sent to 203.0.113.10:80, which is drained (weight 0): IPVS remembers the port's last connection.",
    );
    const places = reuse?.evidence.map(
      ({ file: name, line }) => `${name.split('/').at(-1)}:${line}`,
    );
    expect(places).toEqual([
      'ipvsadm-Lnc.txt:3',
      'ipvsadm-Ln.txt:6',
      'conntrack-L.txt:1',
      'a.pcap:1',
      'sysctl.txt:6',
    ]);
  });

  it('finds the same in the files of /proc', () => {
    expect(said(without(MODE_0, 'ipvsadm'))).toEqual(['active certain']);
    expect(said(without(MODE_0, 'proc-net'))).toEqual(['active certain']);
  });

  it('finds nothing in sockets, entries and packets alone: a SYN without an answer has many causes', () => {
    expect(said(without(MODE_0, '/ipvsadm', '/proc-net-ip_vs'))).toEqual([]);
  });

  it('is less sure without packets, and without the setting', () => {
    expect(said(without(MODE_0, '.pcap'))).toEqual(['active likely']);
    expect(said(without(MODE_0, 'sysctl'))).toEqual(['active possible']);
    const [reuse] = detect(without(MODE_0, 'sysctl')).findings;
    expect(reuse?.missing.map(({ command }) => command)).toContain(
      'nsenter -t <pid of the proxy> -n sysctl -a --pattern net.ipv4.vs',
    );
  });

  it('waits for the next connect while the port only remembers a server that is drained since', () => {
    const drained = rewrite(
      MODE_0.filter(({ path }) => /1-connected|sysctl|uname/.test(path)),
      (text) =>
        text
          .replace(/(203\.0\.113\.10:80 +Masq +)1/, '$10')
          .replace(/(CB00710A:0050 +Masq +)1/, '$10'),
    );
    expect(said(drained)).toEqual(['latent certain']);
  });

  it('finds the port whose server was taken out of the service', () => {
    const gone = rewrite(MODE_0, (text) =>
      text.replaceAll(/^ +-> (?:203\.0\.113\.10|CB00710A).*\n/gm, ''),
    );
    const [reuse] = detect(gone).findings;
    expect(reuse?.summary).toContain('which is no longer in the service');
  });

  it('leaves connections alone that a server still serves, and those that IPVS sends elsewhere', () => {
    const serving = rewrite(MODE_0, (text) => text.replaceAll('SYN_RECV  ', 'ESTABLISHED'));
    expect(said(serving)).toEqual([]);
    expect(said(MODE_1)).toEqual([]);
  });

  it('says nothing where the setting makes IPVS choose anew', () => {
    const anew = rewrite(MODE_0, (text) =>
      text.replace('conn_reuse_mode = 0', 'conn_reuse_mode = 1'),
    );
    expect(said(anew)).toEqual([]);
  });

  it('reads services over IPv6', () => {
    const six = rewrite(without(MODE_0, 'proc-net', '.pcap', 'conntrack'), (text) =>
      text
        .replaceAll('10.1.0.2:', '[fd00:1::2]:')
        .replaceAll('10.96.0.9:', '[fd00:96::9]:')
        .replaceAll('203.0.113.10:', '[fd00:113::10]:')
        .replaceAll('203.0.113.9:', '[fd00:113::9]:'),
    );
    const [reuse] = detect(six).findings;
    expect(reuse?.tuples).toEqual([
      { src: 'fd00:1::2', sport: 42001, dst: 'fd00:96::9', dport: 80 },
    ]);
  });
});

/** A connection to a service and, after some seconds, another from the same port; `tcpdump -tt -S`. */
const again = (lost: boolean) => {
  const line = (at: number, text: string) =>
    `${(1_795_000_000 + at).toFixed(6)} IP ${text}, length 0\n`;
  const to = '10.1.0.2.42001 > 10.96.0.9.80: Flags';
  const from = '10.96.0.9.80 > 10.1.0.2.42001: Flags';
  const connection = (at: number, seq: number): string =>
    line(at, `${to} [S], seq ${seq}, win 64240`) +
    line(at + 0.001, `${from} [S.], seq 7000, ack ${seq + 1}, win 64240`) +
    line(at + 0.002, `${to} [.], ack 7001, win 64240`) +
    line(at + 0.003, `${from} [F.], seq 7001, ack ${seq + 1}, win 64240`) +
    line(at + 0.004, `${to} [F.], seq ${seq + 1}, ack 7002, win 64240`) +
    line(at + 0.005, `${from} [.], ack ${seq + 2}, win 64240`);
  const first = lost ? line(9, `${to} [S], seq 900000, win 64240`) : '';
  return file('node/tcpdump.txt', connection(0, 1000) + first + connection(10, 900_000));
};
const LISTING = file(
  'node/ipvsadm-Ln.txt',
  'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\nTCP  10.96.0.9:80 rr\n  -> 203.0.113.9:80               Masq    1      0          1         \n',
);
const SETTING = file(
  'node/sysctl.txt',
  'net.ipv4.vs.conn_reuse_mode = 1\nnet.ipv4.vs.conntrack = 1\n',
);
const kernel = (release: string) =>
  file('node/uname-a.txt', `Linux node ${release} #1 SMP x86_64 GNU/Linux\n`);

describe('findIpvsPortReuses on kernels before 5.9 (synthetic text)', () => {
  it('finds the first SYN that was dropped', () => {
    expect(said([again(true), LISTING, SETTING, kernel('5.4.59')])).toEqual(['past likely']);
  });

  it.each([
    ['no SYN is lost', [again(false), LISTING, SETTING, kernel('5.4.59')]],
    ['the kernel is newer', [again(true), LISTING, SETTING, kernel('5.10.262')]],
    ['the kernel is not known', [again(true), LISTING, SETTING]],
    ['nothing shows IPVS', [again(true), kernel('5.4.59')]],
  ])('says nothing where %s', (_, files) => {
    expect(said(files)).toEqual([]);
  });
});
