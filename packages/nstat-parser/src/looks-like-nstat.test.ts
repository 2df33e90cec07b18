import { describe, expect, it } from 'vitest';
import { looksLikeNstat } from './looks-like-nstat.ts';
import { readFixture } from './testing/read-fixture.ts';

const looks = (text: string): boolean => looksLikeNstat(new TextEncoder().encode(text));

describe('looksLikeNstat', () => {
  it.each([
    '43301/nstat-zas.txt',
    '43301/nstat-asj.json',
    '43301/netstat-s.txt',
    '43301/proc_net_snmp.txt',
    '43301/proc_net_snmp6.txt',
    '43301/proc_net_netstat.txt',
    '5.4.59/proc-snmp-netstat.txt',
    'every-counter/nstat-jpzas.json',
    'every-counter/netstat-s-6.txt',
    'every-counter/proc-net-sctp-snmp.txt',
    'nstat-daemon.txt',
    'nstat-pasted.txt',
  ])('knows %s', (file) => expect(looks(readFixture(file))).toBe(true));

  it.each([
    ['nothing', ''],
    ['prose', 'Tcp: this is what we saw\n\nThe Port 22 was open.\n'],
    [
      'ss -s',
      'Total: 180\nTCP:   45 (estab 2, closed 31)\n\nTransport Total IP IPv6\nRAW\t0\t0\t0\n',
    ],
    ['/proc/net/sockstat', 'sockets: used 33\nTCP: inuse 5 orphan 0 tw 0\nUDP: inuse 1 mem 0\n'],
    ['a conntrack entry', 'tcp      6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2\n'],
    ['conntrack -S', 'cpu=0   \tfound=0 invalid=2 insert=0 insert_failed=0 drop=0\n'],
    ['sysctl -a', 'net.ipv4.tcp_syn_retries = 6\nnet.ipv4.tcp_tw_reuse = 2\n'],
    ['JSON of nft', '{"nftables": [{"metainfo": {"version": "1.0.6"}}]}\n'],
    ['/proc/meminfo', 'MemTotal:        8052564 kB\nMemFree:         5031728 kB\n'],
    ['a log line', 'Feb  4 16:46:40 node kernel: [874.4] X: IN= OUT=eth0 SRC=10.0.0.1 LEN=40\n'],
    ['a sentence of netstat that it does not know', 'Tcp:\n    3 wheels turned\n'],
  ])('refuses %s', (_, text) => expect(looks(text)).toBe(false));

  it('judges from the first 64 KiB', () => {
    const filler = 'nothing of interest stands here\n'.repeat(2048);
    expect(filler).toHaveLength(64 << 10);
    const counter = 'TcpRetransSegs   5   0.0\n';
    expect(looks(`${filler}${counter}`)).toBe(false);
    expect(looks(`${filler.slice(64)}${counter}`)).toBe(true);
  });
});
