import { describe, expect, it } from 'vitest';
import { parseTcpdump } from './parse-tcpdump.ts';
import { readOptions } from './read-options.ts';

describe('readOptions', () => {
  it('reads options of both dialects', () => {
    expect(readOptions('mss 1460,sackOK,TS val 5 ecr 6,nop,wscale 7')).toEqual({
      mss: 1460,
      sackOK: true,
      ts: [5, 6],
      wscale: 7,
    });
    expect(readOptions('nop,timestamp 4294967295 0,sack sack 1 {1:2} ')).toEqual({
      ts: [4294967295, 0],
      sack: [[1, 2]],
    });
  });

  it('reads Fast Open in each spelling', () => {
    expect(readOptions('tfo  cookiereq')).toEqual({ tfo: '' });
    expect(readOptions('exp-tfo cookie 6162')).toEqual({ tfo: '6162' });
    expect(readOptions('tfo  malformed')).toEqual({ other: ['tfo  malformed'] });
  });

  it('keeps the text of Multipath TCP, whose commas stand in braces', () => {
    const text = 'mptcp 20 capable v1 {0xb8,0xff},mptcp 8 dss ack 1,nop';
    expect(readOptions(text)).toEqual({ mptcp: '20 capable v1 {0xb8,0xff}, 8 dss ack 1' });
  });

  it('keeps all others as they are spelled', () => {
    const md5 = "md5 shared secret not supplied with -M, can't check - 00ff";
    expect(readOptions(`unknown-99 0xabcd,${md5},mss 1460[len 5],eol`)).toEqual({
      other: ['unknown-99 0xabcd', md5, 'mss 1460[len 5]'],
    });
  });

  it('finds the end of a list that has brackets inside', () => {
    const line =
      '12:00:00.1 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 5, win 1, options [mss 9[len 5],exp-acc0], length 3';
    expect(parseTcpdump(line).at(0)).toMatchObject({
      len: 3,
      options: { other: ['mss 9[len 5]', 'exp-acc0'] },
    });
  });

  it('leaves options empty where there is only padding', () => {
    expect(readOptions('nop,nop,eol')).toEqual({});
  });
});
