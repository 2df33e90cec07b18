import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { localPortRange } from './local-port-range.ts';
import { file } from './testing/recordings.ts';

const rangeOf = (sysctl: string) => {
  const [incident] = readIncidents([file('sysctl.txt', `net.ipv4.tcp_syncookies = 1\n${sysctl}`)]);
  if (incident === undefined) throw new Error('expected an incident');
  return localPortRange(incident);
};

describe('localPortRange', () => {
  it('takes the default of the kernel where none is captured', () => {
    expect(rangeOf('')).toMatchObject({
      low: 32768,
      high: 60999,
      usable: 28232,
      isCaptured: false,
    });
  });

  it('leaves out reserved ports, one by one and in ranges', () => {
    const range = rangeOf(
      'net.ipv4.ip_local_port_range = 40000\t40009\nnet.ipv4.ip_local_reserved_ports = 80,40003,40005-40006,50000-50001\n',
    );
    expect(range).toMatchObject({ low: 40000, high: 40009, usable: 7, isCaptured: true });
    expect([40002, 40003, 40004, 40006, 40010].map(range.has)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  it.each(['', 'x y', '5 1', '1 99999', '-3 9'])('takes %j for none', (value) => {
    expect(rangeOf(`net.ipv4.ip_local_port_range = ${value}\n`).isCaptured).toBe(false);
  });
});
