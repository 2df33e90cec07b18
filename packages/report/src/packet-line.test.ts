import { describe, expect, it } from 'vitest';
import { packetLine } from './packet-line.ts';

const segment = {
  n: 8,
  at: 1795389985.461086,
  src: '172.29.73.7',
  sport: 44410,
  dst: '127.0.0.1',
  dport: 15001,
  flags: 'S',
  seq: 66001914,
  win: 62720,
  len: 0,
  truncated: false,
};

describe('packetLine', () => {
  it('writes a segment as a line, to the microsecond', () => {
    expect(packetLine(segment)).toBe(
      '23:26:25.461086 172.29.73.7:44410 → 127.0.0.1:15001 flags S seq 66001914 win 62720 length 0',
    );
  });

  it('leaves out what the capture does not have', () => {
    const { win: _win, ...bare } = segment;
    expect(packetLine({ ...bare, at: null, flags: 'A', ack: 1 })).toBe(
      '172.29.73.7:44410 → 127.0.0.1:15001 flags A seq 66001914 ack 1 length 0',
    );
  });
});
