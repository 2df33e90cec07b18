import { describe, expect, it } from 'vitest';
import { segmentOf } from '../testing/socket-host.ts';
import { formatLogPacket } from './log-line.ts';

const rst = segmentOf('R', 1382665639, undefined, {
  src: '172.29.73.7',
  sport: 44410,
  dst: '172.21.206.198',
  dport: 7777,
  win: 0,
  ipId: 0,
});

describe('a line of the log', () => {
  it('reads as the original report shows it', () => {
    expect(formatLogPacket({ segment: rst, in: '', out: 'eth0', full: false, uid: null })).toBe(
      'IN= OUT=eth0 SRC=172.29.73.7 DST=172.21.206.198 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=44410 DPT=7777 WINDOW=0 RES=0x00 RST URGP=0 ',
    );
  });

  it('names numbers, options and user where it is full, and the addresses of lo', () => {
    const syn = segmentOf('S', 7, undefined, {
      options: { mss: 1460, sackOK: true, ts: [1, 0], wscale: 7 },
    });
    const line = formatLogPacket({ segment: syn, in: 'lo', out: '', full: true, uid: 1337 });
    expect(line).toContain(
      'IN=lo OUT= MAC=00:00:00:00:00:00:00:00:00:00:00:00:08:00 SRC=10.0.0.1 ',
    );
    expect(line).toContain(' LEN=60 ');
    expect(line).toContain(' SEQ=7 ACK=0 WINDOW=500 ');
    expect(line).toContain(' OPT (020405B40402080A000000010000000001030307) UID=1337 GID=1337 ');
  });

  it('writes IPv6 addresses in full', () => {
    const segment = { ...rst, src: 'fd00::1', dst: '::1', flags: 'FSRPAUEW' };
    const line = formatLogPacket({ segment, in: '', out: 'lo', full: false, uid: null });
    expect(line).toContain(
      'SRC=fd00:0000:0000:0000:0000:0000:0000:0001 DST=0000:0000:0000:0000:0000:0000:0000:0001 LEN=60 TC=0 HOPLIMIT=64 FLOWLBL=0 PROTO=TCP',
    );
    expect(line).toContain(' CWR ECE URG ACK PSH RST SYN FIN URGP=0 ');
  });
});
