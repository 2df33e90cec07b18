import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundled, PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { parseLines, runCommand } from './testing/run-command.ts';

const ENTRY =
  'tcp      6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=80 [UNREPLIED] ' +
  'src=127.0.0.1 dst=10.0.0.1 sport=15001 dport=44410 mark=0 use=1';

const folder = useTemporaryFolder();

const grepCount = (path: string, pattern: RegExp): number =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => pattern.test(line)).length;

describe('parse auto', () => {
  it.each([
    ['uname-a.txt', /^Linux /],
    ['sysctl.txt', / = /],
    ['iptables-save.txt', /^-A/],
    ['tcpdump-lo.txt', /Flags \[/],
    ['dmesg-T.txt', /IN=/],
    ['conntrack-E.txt', /src=/],
    ['5-leaked-fin-wait-2/conntrack-L.txt', /src=/],
    ['5-leaked-fin-wait-2/nstat-zas.txt', /^\w+ +\d/],
    ['5-leaked-fin-wait-2/ss-naoep.txt', /^(tcp|udp|u_|nl|p_|icmp|raw|\?\?\?)/],
    ['5-leaked-fin-wait-2/date.txt', /./],
  ])('gives one object a line for each record of %s', async (name, pattern) => {
    const path = bundled(name);
    const { code, stdout } = await runCommand(['parse', 'auto', path]);
    expect(code).toBe(0);
    expect(parseLines(stdout)).toHaveLength(grepCount(path, pattern));
  });

  it('reads standard input where no file is named', async () => {
    const { code, stdout, stderr } = await runCommand(['parse', 'auto'], { stdin: ENTRY });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [entry] = parseLines(stdout);
    expect(entry).toMatchObject({
      state: 'SYN_SENT',
      timeout: 108,
      source: { line: 1, start: 0, end: ENTRY.length },
    });
  });

  it('places the records of a transcript in the file, not in their section', async () => {
    const intro = '$ uname -r\n5.19.0\n$ conntrack -L\n';
    const { stdout } = await runCommand(['parse', 'auto', '-'], { stdin: intro + ENTRY });
    const [kernel, entry] = parseLines(stdout);
    expect(kernel).toMatchObject({ release: '5.19.0', source: { line: 2, start: 11, end: 17 } });
    expect(entry?.source).toEqual({
      line: 4,
      start: intro.length,
      end: intro.length + ENTRY.length,
    });
  });

  it('reads several files, and tells of the one that it does not know', async () => {
    const known = folder.add('known.txt', ENTRY);
    const unknown = folder.add('unknown.txt', 'dear diary\n');
    const { code, stdout, stderr } = await runCommand(['parse', 'auto', unknown, known]);
    expect(code).toBe(0);
    expect(parseLines(stdout)).toHaveLength(1);
    expect(stderr).toBe(
      `${unknown}: not recognised: expected the output of a tool that Tuplescope knows, found "dear diary"\n`,
    );
  });
});

describe('parse with a kind', () => {
  it('takes of a transcript only what is of that kind', async () => {
    const stdin = `$ uname -r\n5.19.0\n$ conntrack -L\n${ENTRY}\n`;
    const { stdout } = await runCommand(['parse', 'conntrack'], { stdin });
    expect(parseLines(stdout)).toMatchObject([{ state: 'SYN_SENT' }]);
  });

  it('refuses the output of another tool by its name', async () => {
    const { code, stdout, stderr } = await runCommand(['parse', 'nstat'], { stdin: ENTRY });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('-: not recognised: it looks like conntrack\n');
  });

  it('lets the first record decide where the beginning shows nothing', async () => {
    const noise = 'the fan is loud\n'.repeat(9000);
    const line =
      'Feb 18 13:00:56 pod kernel: [ 874.407272] nf_ct_proto_6: invalid packet ignored in state SYN_SENT  IN= OUT= SRC=10.0.0.1 DST=10.0.0.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=1 DF PROTO=TCP SPT=1 DPT=2 SEQ=3 ACK=0 WINDOW=5 RES=0x00 SYN URGP=0 ';
    const auto = await runCommand(['parse', 'auto', '--quiet'], { stdin: noise + line });
    const asked = await runCommand(['parse', 'log', '--quiet'], { stdin: noise + line });
    expect(auto.code).toBe(2);
    expect(asked.code).toBe(0);
    expect(parseLines(asked.stdout)).toMatchObject([
      { sport: 1, dport: 2, source: { line: 9001 } },
    ]);
  });

  it('reads the count of conntrack -C, which nothing but the kind tells', async () => {
    const { code, stdout } = await runCommand(['parse', 'conntrack'], { stdin: '3\n' });
    expect(code).toBe(0);
    expect(parseLines(stdout)).toEqual([{ count: 3, source: { line: 1, start: 0, end: 1 } }]);
  });

  it('reads ss -s as ss, and the sockets of netstat as netstat', async () => {
    const collision = `${PACKAGES}ss-parser/fixtures/collision/`;
    const summary = await runCommand(['parse', 'ss', `${collision}ss-s.txt`]);
    const sockets = await runCommand(['parse', 'netstat', `${collision}netstat-tanpo.txt`]);
    expect(parseLines(summary.stdout)).toMatchObject([{ summary: { tcp: {} } }]);
    expect(parseLines(sockets.stdout)).toHaveLength(
      grepCount(`${collision}netstat-tanpo.txt`, /^tcp/),
    );
  });

  it('reads stamps that name no zone in the zone of --utc-offset', async () => {
    const stdin =
      '2023-02-04 16:47:16.343525 IP 10.0.0.1.44410 > 10.0.0.2.80: Flags [S], seq 1, win 2, length 0\n';
    const { stdout } = await runCommand(['parse', 'tcpdump', '--utc-offset', '8'], { stdin });
    // date -u -d '2023-02-04 08:47:16' +%s
    expect(parseLines(stdout)).toMatchObject([{ at: 1675500436.343525 }]);
  });
});

describe('parse pcap', () => {
  const captures = `${PACKAGES}pcap-reader/fixtures/`;

  // tcpdump -r FILE tcp | wc -l; tcpdump -r FILE | wc -l
  it.each([
    ['any-cooked-v2.pcap', 58, 77],
    ['any-cooked-v2.pcapng', 58, 77],
    ['any-cooked-v1-nano.pcap', 58, 77],
    ['eth0-snap68.pcap', 33, 52],
    ['port-reuse-lo.pcap', 25, 25],
  ])('gives the TCP segments of %s, with --all every packet', async (name, segments, packets) => {
    for (const kind of ['pcap', 'auto']) {
      const parsed = await runCommand(['parse', kind, '--quiet', captures + name]);
      const all = await runCommand(['parse', kind, '--quiet', '--all', captures + name]);
      expect([parsed.code, all.code]).toEqual([0, 0]);
      expect(parseLines(parsed.stdout)).toHaveLength(segments);
      const records = parseLines(all.stdout);
      expect(records.map(({ n }) => n)).toEqual(Array.from({ length: packets }, (_, i) => i + 1));
      expect(records.filter(({ proto }) => proto === undefined)).toHaveLength(segments);
    }
  });

  it('reads standard input', async () => {
    const stdin = readFileSync(`${captures}port-reuse-lo.pcap`);
    const { code, stdout } = await runCommand(['parse', 'pcap'], { stdin });
    expect(code).toBe(0);
    // tcpdump -r port-reuse-lo.pcap -n -S -tt -v -c 1
    expect(parseLines(stdout)[0]).toMatchObject({
      n: 1,
      at: 1795386267.648235,
      src: '10.77.0.1',
      sport: 44410,
      dst: '127.0.0.1',
      dport: 15001,
      flags: 'S',
      seq: 1442601084,
      win: 64240,
      len: 0,
      ipId: 38060,
      ttl: 64,
    });
  });

  it('says how many packets it left out', async () => {
    const { stderr } = await runCommand(['parse', 'pcap', `${captures}eth0-snap68.pcap`]);
    expect(stderr).toMatch(/: hint: expected TCP segments, found .*icmpv6/);
  });

  it('refuses it as any other kind, and anything else as a .pcap', async () => {
    const asText = await runCommand(['parse', 'tcpdump', `${captures}port-reuse-lo.pcap`]);
    const asPcap = await runCommand(['parse', 'pcap'], { stdin: ENTRY });
    expect([asText.code, asPcap.code]).toEqual([2, 2]);
    expect(asText.stderr).toContain('not recognised: it looks like pcap\n');
    expect(asPcap.stderr).toContain('not recognised: it looks like conntrack\n');
  });
});

describe('diagnostics of parse', () => {
  const stdin = `${ENTRY}\n\u001b[31mtcp oops\n${ENTRY}\n`;

  it('stand on standard error as file:line:column: severity: message, harmless', async () => {
    const path = folder.add('one-bad.txt', stdin);
    const { code, stdout, stderr } = await runCommand(['parse', 'conntrack', path]);
    expect(code).toBe(0);
    expect(parseLines(stdout)).toHaveLength(2);
    expect(stderr.startsWith(`${path}:2:1: error: expected `)).toBe(true);
    expect(stderr).toContain('"\\x1b[31mtcp"');
    expect(stderr).not.toContain('\u001b');
  });

  it('are silent with --quiet, and coloured where colour is asked for', async () => {
    const quiet = await runCommand(['parse', 'conntrack', '--quiet'], { stdin });
    const forced = await runCommand(['parse', 'conntrack'], { stdin, env: { FORCE_COLOR: '1' } });
    const not = { FORCE_COLOR: '1', NO_COLOR: '1' };
    const plain = await runCommand(['parse', 'conntrack'], { stdin, env: not });
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(forced.stderr).toContain('\u001b[31merror\u001b[39m');
    expect(plain.stderr).not.toContain('\u001b');
    expect(forced.stdout).toBe(plain.stdout);
  });
});

describe('parse --format', () => {
  it('gives one array as json', async () => {
    const { stdout } = await runCommand(['parse', 'auto', '--format', 'json'], {
      stdin: `${ENTRY}\n${ENTRY}\n`,
    });
    expect(JSON.parse(stdout)).toMatchObject([{ proto: 'tcp' }, { proto: 'tcp' }]);
  });

  it('gives an empty array for an empty listing', async () => {
    const { code, stdout } = await runCommand(['parse', 'ss', '--format', 'json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' });
  });

  it('gives a line a record as csv, with a line of names first', async () => {
    const stdin =
      'net.ipv4.ip_local_port_range = 32768\t60999\nkernel.core_pattern = |/bin/false "%p"\n';
    const { stdout } = await runCommand(['parse', 'sysctl', '--format', 'csv'], { stdin });
    expect(stdout).toBe(
      'key,value,source.line,source.start,source.end,other\r\n' +
        'net.ipv4.ip_local_port_range,32768\t60999,1,0,42,\r\n' +
        'kernel.core_pattern,"|/bin/false ""%p""",2,43,81,\r\n',
    );
  });
});

describe('parse --output', () => {
  it('writes there what would go to standard output', async () => {
    const path = folder.path('out.ndjson');
    const { code, stdout } = await runCommand(['parse', 'auto', '--output', path], {
      stdin: ENTRY,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(parseLines(readFileSync(path, 'utf8'))).toHaveLength(1);
  });

  it('leaves the file alone where the input is bad', async () => {
    const path = folder.add('precious.txt', 'keep me');
    const missing = await runCommand(['parse', 'auto', folder.path('missing'), '--output', path]);
    const unknown = await runCommand(['parse', 'auto', '--output', path], { stdin: 'no\n' });
    expect([missing.code, unknown.code]).toEqual([2, 2]);
    expect(readFileSync(path, 'utf8')).toBe('keep me');
  });

  it('refuses to empty a file that it reads', async () => {
    const path = folder.add('both.txt', ENTRY);
    const { code, stderr } = await runCommand(['parse', 'auto', path, '--output', path]);
    expect(code).toBe(2);
    expect(stderr).toBe(`tuplescope: --output ${path} is an input too, and would be lost\n`);
    expect(readFileSync(path, 'utf8')).toBe(ENTRY);
  });

  it('says why a file cannot be written', async () => {
    const path = folder.path('no/such/folder');
    const { code, stderr } = await runCommand(['parse', 'auto', '--output', path], {
      stdin: ENTRY,
    });
    expect(code).toBe(2);
    expect(stderr).toBe(`tuplescope: cannot write ${path}: there is no such file or folder\n`);
  });
});
