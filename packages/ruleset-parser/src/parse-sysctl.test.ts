import { describeParserContract } from '@tuplescope/scan/testing';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseSysctl } from './parse-sysctl.ts';
import { streamSysctl } from './stream-sysctl.ts';
import { normalizeSysctlKey } from './sysctl-key.ts';
import type { SysctlSetting } from './sysctl-setting.ts';
import { readFixture } from './testing/read-fixture.ts';

const sample = readFixture('incident-6.1.192-sysctl.txt');

describeParserContract({
  name: 'parseSysctl',
  parse: parseSysctl,
  stream: streamSysctl,
  sample,
  damage: ['net.ipv4.tcp_fin_timeout = 60', 'net.ipv4.tcp_fin_timeout'],
  worstCase: (bytes) => 'a.'.repeat(bytes / 2),
});

describe('parseSysctl', () => {
  it('gives every line of a recording', () => {
    const table = parseSysctl(sample);
    expect(table.length).toBe(sample.split('\n').filter((line) => line.includes(' = ')).length);
    expect(table.diagnostics).toEqual([]);
    expect(table.value('net.ipv4.ip_local_port_range')).toBe('32768\t60999');
    expect(table.value('net.ipv4.tcp_ehash_entries')).toBe('-8192');
    expect(table.value('net.ipv4.ip_local_reserved_ports')).toBe('');
    expect(table.value('net.netfilter.nf_conntrack_tcp_be_liberal')).toBe('0');
    expect(table.value('net.netfilter.nf_conntrack_tcp_no_such')).toBeNull();
    expectTypeOf(table.at(0)).toEqualTypeOf<SysctlSetting>();
  });

  it('reads every way of writing a setting', () => {
    const text = [
      'net/ipv4/tcp_rmem=4096 87380 6291456',
      'net.ipv4.conf.eth0/100.rp_filter = 1',
      '/proc/sys/net/ipv4/conf/eth0.200/rp_filter:2',
      '/proc/sys/net/ipv4/ip_forward = 1',
      '-net.ipv4.tcp_syncookies = 0',
    ].join('\n');
    const table = parseSysctl(text);
    expect([...table].map(({ key, value }) => [key, value])).toEqual([
      ['net.ipv4.tcp_rmem', '4096 87380 6291456'],
      ['net.ipv4.conf.eth0/100.rp_filter', '1'],
      ['net.ipv4.conf.eth0/200.rp_filter', '2'],
      ['net.ipv4.ip_forward', '1'],
      ['net.ipv4.tcp_syncookies', '0'],
    ]);
    expect(table.value('net/ipv4/conf/eth0.100/rp_filter')).toBe('1');
    expect(table.diagnostics).toEqual([]);
  });

  it('gives the last value of a setting that stands twice', () => {
    expect(parseSysctl('net.a = 1\nnet/a = 2\n').value('net.a')).toBe('2');
  });

  it('forgives comments, prompts and what sysctl complains of', () => {
    const text = [
      '$ sysctl -a',
      '# a remark',
      '; another',
      'sysctl: permission denied on key "net.ipv4.tcp_fastopen_key"',
      'net.a = 1',
    ].join('\n');
    const table = parseSysctl(text);
    expect(table.length).toBe(1);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual([
      'hint',
      'hint',
      'hint',
      'hint',
    ]);
  });

  it('takes names back and forth between paths and dots', () => {
    const word = fc.stringMatching(/^[a-z_][a-z0-9_.]{0,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), (words) => {
        const key = normalizeSysctlKey(`/proc/sys/${words.join('/')}`);
        expect(key.split('.')).toEqual(words.map((part) => part.replaceAll('.', '/')));
      }),
    );
  });
});
