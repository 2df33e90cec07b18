import { describe, expect, it } from 'vitest';
import type { NetfilterLogOptions } from './netfilter-log-options.ts';
import type { NetfilterLogRecord } from './netfilter-log-record.ts';
import { parseNetfilterLog } from './parse-netfilter-log.ts';

const fields =
  'IN=eth0 OUT= SRC=10.0.0.1 DST=10.0.0.2 LEN=28 TOS=0x00 PREC=0x00 TTL=64 ID=1 PROTO=47 ';

function read(before: string, options?: NetfilterLogOptions): NetfilterLogRecord {
  const table = parseNetfilterLog(`${before}${fields}`, options);
  expect(table.length).toBe(1);
  return table.at(0);
}

// date -u -d '2023-02-04 16:46:40' +%s
const MOMENT = 1675529200;
const TIME_OF_DAY = 16 * 3600 + 46 * 60 + 40;

describe('a time stamp', () => {
  const clock = { at: MOMENT, timeOfDay: TIME_OF_DAY };
  const fraction = { at: MOMENT + 0.123456, timeOfDay: TIME_OF_DAY + 0.123456 };
  const boot = { at: null, uptime: 874.407272 };
  const styles: [name: string, stamp: string, expected: object][] = [
    ['dmesg', '[  874.407272] ', boot],
    ['dmesg with a caller', '[  874.407272][ T1234] ', boot],
    ['dmesg with a caller behind a blank', '[  874.407272] [    C0] ', boot],
    ['dmesg -d', '[  874.407272 <    0.000034>] ', boot],
    ['dmesg -T', '[Sat Feb  4 16:46:40 2023] ', clock],
    ['dmesg -T -d', '[Sat Feb  4 16:46:40 2023 <    0.000034>] ', clock],
    ['dmesg -e, a minute', '[Feb 4 16:46] '.replace(' 4', '04'), { at: null }],
    ['dmesg -e, a delta', '[  +0.000034] ', { at: null }],
    ['dmesg -r', '<4>[  874.407272] ', { ...boot, level: 4, facility: 0 }],
    ['a level alone', '<6>', { at: null, level: 6, facility: 0 }],
    ['dmesg -x', 'kern  :info  : [  874.407272] ', { ...boot, level: 6, facility: 0 }],
    ['dmesg -x -T', 'kern  :warn  : [Sat Feb  4 16:46:40 2023] ', { ...clock, level: 4 }],
    ['dmesg --time-format iso', '2023-02-04T16:46:40,123456+00:00 ', fraction],
    ['/dev/kmsg', '4,1234,874407272,-;', { ...boot, level: 4 }],
    ['journalctl -o short', 'Feb 04 16:46:40 node-1 kernel: ', { at: null, host: 'node-1' }],
    [
      'journalctl -o short-precise',
      'Feb 04 16:46:40.123456 node-1 kernel: ',
      { at: null, timeOfDay: TIME_OF_DAY + 0.123456, host: 'node-1' },
    ],
    [
      'journalctl -o short-iso',
      '2023-02-04T18:46:40+0200 node-1 kernel: ',
      { at: MOMENT, timeOfDay: TIME_OF_DAY + 7200, host: 'node-1' },
    ],
    [
      'journalctl -o short-iso-precise',
      '2023-02-04T11:16:40.123456-05:30 node-1 kernel: ',
      { at: MOMENT + 0.123456, host: 'node-1' },
    ],
    [
      'journalctl -o short-full',
      'Sat 2023-02-04 16:46:40 UTC node-1 kernel: ',
      { ...clock, host: 'node-1' },
    ],
    [
      'journalctl -o short-full with a zone that no name decides',
      'Sat 2023-02-04 16:46:40 CST node-1 kernel: ',
      { at: null, timeOfDay: TIME_OF_DAY, host: 'node-1' },
    ],
    [
      'journalctl -o short-unix',
      '1675529200.123456 node-1 kernel: ',
      { at: MOMENT + 0.123456, host: 'node-1' },
    ],
    [
      'journalctl -o short-monotonic',
      '[  874.407272] node-1 kernel: ',
      { ...boot, host: 'node-1' },
    ],
    [
      'syslog',
      'Feb  4 16:46:40 node-1 kernel: [  874.407272] ',
      { ...boot, timeOfDay: TIME_OF_DAY, host: 'node-1' },
    ],
    ['syslog without a host', 'Feb  4 16:46:40 kernel: ', { at: null, timeOfDay: TIME_OF_DAY }],
    [
      'syslog with a priority',
      '<4>Feb  4 16:46:40 node-1 kernel: [  874.407272] ',
      { ...boot, level: 4, host: 'node-1' },
    ],
    [
      'rsyslog with RFC 3339 times',
      '2023-02-04T16:46:40.123456+00:00 node-1 kernel: [  874.407272] ',
      { ...fraction, uptime: 874.407272, host: 'node-1' },
    ],
    [
      'syslog of RFC 5424',
      '<4>1 2023-02-04T16:46:40.123456Z node-1 kernel - - - ',
      { ...fraction, level: 4, host: 'node-1' },
    ],
    [
      'syslog of RFC 5424 with structured data',
      '<4>1 2023-02-04T16:46:40Z node-1 kernel - - [meta sequenceId="1"][x y="2"] [  874.407272] ',
      { ...clock, uptime: 874.407272, level: 4, host: 'node-1' },
    ],
    [
      'logread of OpenWrt',
      'Sat Feb  4 16:46:40 2023 kern.warn kernel: [  874.407272] ',
      { ...clock, uptime: 874.407272, level: 4 },
    ],
    ['ulogd', 'Feb  4 16:46:40 node-1 ulogd[812]: ', { at: null, host: 'node-1' }],
    ['no stamp', '', { at: null }],
  ];

  for (const [name, stamp, expected] of styles) {
    it(`of ${name} is read and the prefix begins behind it`, () => {
      const record = read(`${stamp}DROP all: `);
      expect(record).toMatchObject({ prefix: 'DROP all: ', ...expected });
      for (const field of ['uptime', 'timeOfDay', 'host', 'level'] as const) {
        if (!(field in expected) && field !== 'timeOfDay') expect(record[field]).toBeUndefined();
      }
    });
  }

  it('without a zone is read with the hours east of UTC that the caller names', () => {
    const east = read('[Sat Feb  4 16:46:40 2023] ', { utcOffsetHours: 5.5 });
    expect(east.at).toBe(MOMENT - 5.5 * 3600);
    const named = read('2023-02-04T16:46:40+00:00 ', { utcOffsetHours: 5.5 });
    expect(named.at).toBe(MOMENT);
  });

  it('without a year is dated with the year that the caller names', () => {
    expect(read('Feb  4 16:46:40 node-1 kernel: ', { year: 2023 }).at).toBe(MOMENT);
    expect(read('Feb  4 16:46:40 node-1 kernel: ').at).toBeNull();
  });

  it('with names of another language keeps its time of day', () => {
    expect(read('[Ср мар 10 20:19:39 2021] ')).toMatchObject({
      at: null,
      timeOfDay: 20 * 3600 + 19 * 60 + 39,
      prefix: '',
    });
  });

  it('of a day that does not exist gives no moment', () => {
    expect(read('[Tue Feb 31 16:46:40 2023] ').at).toBeNull();
    expect(read('2023-13-04T16:46:40Z ').at).toBeNull();
  });

  it('is not seen in a prefix in brackets', () => {
    expect(read('[  874.407272] [UFW BLOCK] ').prefix).toBe('[UFW BLOCK] ');
    expect(read('[UFW BLOCK] ').prefix).toBe('[UFW BLOCK] ');
    expect(read('kernel: [BLOCKED - INBOUND] ').prefix).toBe('[BLOCKED - INBOUND] ');
  });
});

describe('a prefix', () => {
  const prefixes = [
    '',
    'PREFIX',
    'a b:c ',
    'IN=wan drop: ',
    'OUT-unknown:',
    ' leading',
    'IN=',
    '[1] ',
  ];
  for (const prefix of prefixes) {
    it(`${JSON.stringify(prefix)} is given as the rule has it`, () => {
      expect(read(`[  874.407272] ${prefix}`)).toMatchObject({ prefix, in: 'eth0', out: null });
    });
  }
});
