import { describe, expect, it } from 'vitest';
import { wouldShow } from './listing-scope.ts';

describe('wouldShow', () => {
  it.each([
    [null, true],
    ['conntrack -L', true],
    ['sudo nsenter -t 42 -n conntrack -L -o extended', true],
    ['conntrack -L -p tcp', true],
    ['conntrack -L | tee conntrack.txt', true],
    ['cat /proc/net/nf_conntrack', true],
    ['conntrack -L | grep 44410', true],
    ["conntrack -L | egrep '7777|44410'", true],
    ['conntrack -L --sport 44410', true],
    ['cat /proc/net/nf_conntrack | grep dport=15001', true],
    ['conntrack -L | egrep "10.96.94.44|172.29.73.7"', true],
    ['conntrack -L -s 172.29.73.7', true],
    ['conntrack -L | grep 5432', false],
    ['conntrack -L | grep 144410', false],
    ['conntrack -L | grep -v 44410', false],
    ['conntrack -L -p udp', false],
    ['conntrack -L --proto=udp', false],
    ['conntrack -L -s 10.0.0.1', false],
    ['conntrack -L | head -3', false],
  ])('says of %j: %s', (command, shows) => {
    expect(wouldShow(command, ['44410', '15001', '172.29.73.7'])).toBe(shows);
  });
});
