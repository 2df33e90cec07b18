import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { AWKS } from './testing/shells.ts';

const PROGRAM = ['addresses.awk', 'redact-text.awk', 'packet-headers.awk']
  .map((name) => readFileSync(`${PACKAGES}cli/collect/${name}`, 'utf8'))
  .join('\n');

const folder = useTemporaryFolder();

/** Replaces the addresses of texts as `collect --redact` does, in one run. */
function redact(awk: readonly string[], texts: Readonly<Record<string, string>>): string[] {
  const [command = '', ...options] = awk;
  const files = Object.entries(texts).map(([name, text]) => folder.add(name, text));
  execFileSync(command, [...options, '-v', 'redact=1', '-v', 'seed=7', PROGRAM, ...files]);
  return files.map((file) => readFileSync(`${file}.redacted`, 'utf8'));
}

/** An address in bits: 32 of IPv4, 128 of IPv6. */
function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => toBits(Number(part), 8))
      .join('');
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right]
    .map((group) => toBits(Number.parseInt(group, 16), 16))
    .join('');
}

function toBits(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

describe.each(AWKS.map((awk) => ({ awk })))('the replacement of addresses by $awk', ({ awk }) => {
  /** What becomes of each line, every address in it as a letter: the same one, the same letter. */
  function shapes(name: string, text: string, addresses: readonly string[]): string {
    const [head = '', body = ''] = redact(awk, { 'table.txt': addresses.join('\n'), [name]: text });
    const replaced = head.trimEnd().split('\n');
    expect(new Set(replaced).size).toBe(new Set(addresses).size);
    return replaced.reduce((out, address, i) => out.replaceAll(address, `<${addresses[i]}>`), body);
  }

  it('gives an address the same replacement wherever it stands, and leaves the rest', () => {
    const text = `tcp 6 108 SYN_SENT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 [UNREPLIED] src=127.0.0.1 dst=172.29.73.7 sport=15001
ipv6 10 tcp 6 9 CLOSE src=2a00:1450:4001:0828:0000:0000:0000:200e dst=0000:0000:0000:0000:0000:0000:0000:0001 sport=1
[1.0] X: IN=eth0 OUT= MAC=0a:58:ac:1d:49:07:0a:58:ac:1d:49:01:08:00 SRC=172.29.73.7 DST=224.0.0.1 LEN=40
[1.0] X: IN= OUT=eth0 MACSRC=0a:58:ac:1d:49:07 SRC=2a00:1450:4001:0828:0000:0000:0000:200e DST=ff02:0:0:0:0:0:0:1
-A OUTPUT -d 127.0.0.6/32 -p tcp -m tcp --dport 80 -m comment --comment "16:46:40, v1.8.9" -j DNAT --to-destination 172.29.73.7:8080
udp dnat to [2a00:1450:4001:828::200e]:53, 0.0.0.0/0, ::/0, 255.255.255.255, 999.1.2.3, 1.2.3
2026-11-28T00:03:34,893140+00:00 eth0
`;
    const expected = text
      .replaceAll('2a00:1450:4001:0828:0000:0000:0000:200e', '2a00:1450:4001:828::200e')
      .replaceAll(/(172\.29\.73\.7|172\.21\.206\.198|2a00:1450:4001:828::200e)/g, '<$1>')
      .replace('0000:0000:0000:0000:0000:0000:0000:0001', '::1')
      .replace('ff02:0:0:0:0:0:0:1', 'ff02::1')
      .replaceAll(/(?:0a:58:ac:1d:49:0[17]:?)+(?:08:00)?/g, (mac) => mac.replaceAll(/\w/g, '0'));
    const addresses = ['172.29.73.7', '172.21.206.198', '2a00:1450:4001:828::200e'];
    expect(shapes('conntrack.txt', text, addresses)).toBe(expected);
  });

  it('knows the forms of ss, of old versions too, and an IPv4 address inside of IPv6', () => {
    const text = `ESTAB 0 0 [::ffff:10.0.0.7]:15006 [fd00::7]:50000
ESTAB 0 0 [fe80::1]%eth0:546 [::1]:15001 10.0.0.7%eth0:80
LISTEN 0 0 :::22 *:* ::1:25
ESTAB 0 0 fd00::7:15001 ::ffff:10.0.0.7:80
`;
    const replaced = shapes('ss-tanoep.txt', text, ['10.0.0.7', 'fd00::7', 'fe80::1']);
    const [mapped = '', ...others] = replaced.match(/::ffff:[0-9a-f]+:[0-9a-f]+(?=\]|:80)/g) ?? [];
    expect(others).toEqual([mapped]);
    expect(
      replaced.replaceAll(mapped, '<mapped>'),
    ).toBe(`ESTAB 0 0 [<mapped>]:15006 [<fd00::7>]:50000
ESTAB 0 0 [<fe80::1>]%eth0:546 [::1]:15001 <10.0.0.7>%eth0:80
LISTEN 0 0 :::22 *:* ::1:25
ESTAB 0 0 <fd00::7>:15001 <mapped>:80
`);
    const [plain = ''] = redact(awk, { 'a.txt': '10.0.0.7 ::ffff:10.0.0.7\n' });
    const [v4 = '', v6 = ''] = plain.trim().split(' ');
    expect(bitsOf(v6).slice(96)).toBe(bitsOf(v4));
  });

  it('keeps a private address private, and takes a public one to where nobody is', () => {
    const text =
      '10.1.2.3 172.16.9.9 192.168.1.1 169.254.1.1 100.64.0.1 8.8.8.8 fd12::1 2600::1 2600:1::';
    const [out = ''] = redact(awk, { 'a.txt': `${text}\n` });
    const [ten, twelve, sixteen, link, shared, other, local, global, network] = out
      .trim()
      .split(' ');
    expect(ten).toMatch(/^10\./);
    expect(twelve).toMatch(/^172\.(1[6-9]|2\d|3[01])\./);
    expect(sixteen).toMatch(/^192\.168\./);
    expect(link).toMatch(/^169\.254\./);
    expect(shared).toMatch(/^100\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\./);
    expect(other).toMatch(/^2[45]\d\./);
    expect(local).toMatch(/^fd/);
    expect(global).toMatch(/^2001:db8:/);
    expect(network).toMatch(/^2001:db8:.*::$/);
    expect(out).not.toMatch(/10\.1\.2\.3|8\.8\.8\.8|2600:/);
  });

  it('takes a network to where its members go', () => {
    const members = '10.96.7.9 10.97.1.1 10.112.0.1 fd00:1:2::9 fd00:1:3::9 8.8.8.8';
    const [out = ''] = redact(awk, {
      'a.txt': `10.96.0.0/12 fd00:1:2::/48 8.8.8.0/24 ${members}\n`,
    });
    const [networks, addresses] = [
      out.trim().split(' ').slice(0, 3),
      out.trim().split(' ').slice(3),
    ];
    const holds = (network = '', address = ''): boolean => {
      const [prefix = '', size] = network.split('/');
      return bitsOf(prefix).slice(0, Number(size)) === bitsOf(address).slice(0, Number(size));
    };
    expect(addresses.slice(0, 3).map((address) => holds(networks[0], address))).toEqual([
      true,
      true,
      false,
    ]);
    expect(addresses.slice(3, 5).map((address) => holds(networks[1], address))).toEqual([
      true,
      false,
    ]);
    expect(holds(networks[2], addresses[5])).toBe(true);
    expect(networks[0]).toMatch(/\.0\.0\/12$/);
    expect(networks[1]).toMatch(/::\/48$/);
  });
});

it('keeps what addresses have in common, and no two become one', { timeout: 30_000 }, () => {
  const awk = AWKS[0] ?? ['awk'];
  const octet = fc.integer({ min: 0, max: 255 });
  const v4 = fc.tuple(octet, octet, octet).map((parts) => `10.${parts.join('.')}`);
  const group = fc.integer({ min: 1, max: 0xffff }).map((value) => value.toString(16));
  const v6 = fc
    .array(group, { minLength: 7, maxLength: 7 })
    .map((groups) => `fd00:${groups.join(':')}`);
  for (const addresses of [v4, v6]) {
    fc.assert(
      fc.property(fc.uniqueArray(addresses, { minLength: 2, maxLength: 60 }), (originals) => {
        const [out = ''] = redact(awk, { 'a.txt': `${originals.join('\n')}\n` });
        const replaced = out.trimEnd().split('\n');
        expect(new Set(replaced).size).toBe(originals.length);
        originals.forEach((original, i) => {
          const [before, after] = [originals[0] ?? '', replaced[0] ?? ''].map(bitsOf);
          const common = commonPrefix(bitsOf(original), before as string);
          expect(commonPrefix(bitsOf(replaced[i] ?? ''), after as string)).toBe(common);
        });
      }),
      { numRuns: 10 },
    );
  }
});
