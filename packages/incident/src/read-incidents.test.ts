import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture } from './capture.ts';
import { capturesOf } from './capture.ts';
import type { Incident } from './incident.ts';
import { placeOf } from './place.ts';
import { readFile, readIncidents } from './read-incidents.ts';
import { file, SAMPLES } from './testing/samples.ts';

const read = (...files: readonly (readonly [path: string, text: string])[]): Incident[] =>
  readIncidents(files.map(([path, text]) => file(path, text)));

const kinds = (captures: readonly Capture[]): string[] =>
  captures.map(({ content }) => content.kind);

describe('readIncidents', () => {
  it('recognises every kind by its content, whatever its name', () => {
    for (const [kind, text] of Object.entries(SAMPLES)) {
      for (const path of ['conntrack-L.txt', 'ss-s.txt', 'core.log', 'README.md', 'x']) {
        const [incident] = read([path, text]);
        expect([path, ...kinds(incident?.captures ?? [])]).toEqual([path, kind]);
        expect(incident?.captures[0]?.records).toBeGreaterThan(0);
        const severities = incident?.captures[0]?.diagnostics.map(({ severity }) => severity);
        expect(severities).not.toContain('error');
      }
    }
  });

  it('knows a capture of packets by its first bytes, and says where it is cut', () => {
    const magics = [
      [0xd4, 0xc3, 0xb2, 0xa1],
      [0xa1, 0xb2, 0xc3, 0xd4],
      [0x4d, 0x3c, 0xb2, 0xa1],
      [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a],
    ];
    for (const magic of magics) {
      const bytes = new Uint8Array([...magic, ...new Uint8Array(40)]);
      const [incident] = readIncidents([{ path: 'notes.txt', bytes }]);
      expect(kinds(incident?.captures ?? [])).toEqual(['pcap']);
      const [said] = incident?.captures[0]?.diagnostics ?? [];
      expect(['error', 'warning']).toContain(said?.severity);
    }
  });

  it('keeps what it does not know, with the name and what was found', () => {
    const [incident] = read(['core', '\u007fELF\u0002\u0001'], ['empty.txt', '']);
    expect(kinds(incident?.captures ?? [])).toEqual(['unknown', 'unknown']);
    const messages = incident?.captures.map(({ diagnostics }) => diagnostics[0]?.message);
    expect(messages).toEqual([
      'expected the output of a tool that Tuplescope knows, found "\\x7fELF\\x02\\x01"',
      'expected the output of a tool that Tuplescope knows, found an empty file',
    ]);
  });

  it('reads commands that a person pasted in a Markdown list, fenced or indented', () => {
    const indent = (text: string): string => text.replace(/^/gm, '    ').trimEnd();
    const fenced = `1. Sockets:\n\n    \`\`\`console\n${indent(`$ ss -naoep\n${SAMPLES.ss}`)}\n    \`\`\`\n\n2. That was all.\n`;
    const indented = `1. Sockets:\n\n${indent(`$ ss -naoep\n${SAMPLES.ss}`)}\n`;
    for (const text of [fenced, indented]) {
      const captures = readFile(file('notes.md', text));
      expect(captures.map(({ command, records }) => [command, records])).toEqual([
        ['ss -naoep', 1],
      ]);
    }
  });

  it('reads what `watch` shows', () => {
    const text = `Every 1.0s: ss -naoep        pod: Sat Feb  4 16:46:40 2023\n\n${SAMPLES.ss}`;
    const [capture] = readFile(file('screen.txt', text));
    expect([capture?.command, capture?.records]).toEqual(['ss -naoep', 1]);
  });

  it('gives places that hold the very record, in a transcript too', () => {
    const text = `notes\n\`\`\`\n$ conntrack -L\n${SAMPLES.conntrack}$ ss -na\n${SAMPLES.ss}\`\`\`\n`;
    const [incident] = read(['notes.md', text]);
    const [conntrack] = capturesOf(incident?.captures ?? [], 'conntrack');
    const [ss] = capturesOf(incident?.captures ?? [], 'ss');
    if (conntrack === undefined || ss === undefined) throw new Error('both are in the text');
    const entry = placeOf(conntrack, conntrack.content.table.at(0).source);
    const socket = placeOf(ss, ss.content.table.at(0).source);
    expect(text.slice(entry.start, entry.end)).toBe(SAMPLES.conntrack.trimEnd());
    expect(text.slice(socket.start, socket.end)).toMatch(/^tcp {3}FIN-WAIT-2.*<--$/);
    expect([entry.line, socket.line]).toEqual([4, 7]);
  });

  it('never throws, keeps every file, and points inside it, whatever the bytes', () => {
    const piece = fc.oneof(
      fc.constantFrom(...Object.values(SAMPLES).flatMap((text) => [text, text.slice(3, -9)])),
      fc.constantFrom('```\n', '$ ss -na\n', '# conntrack -L\n', '\r\n', '\u0000', '\ufeff', '€'),
      fc.string({ maxLength: 30 }),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const bytes = fc.oneof(
      text.map((it) => new TextEncoder().encode(it)),
      text.map((it) => new TextEncoder().encode(it).slice(0, -1)),
      fc.uint8Array({ maxLength: 200 }),
    );
    const path = fc.constantFrom('a/ss.txt', 'a/conntrack-L.txt', 'b/ss.txt', 'date.txt', 'c/x.md');
    const files = fc.uniqueArray(fc.record({ path, bytes }), { selector: (it) => it.path });
    fc.assert(
      fc.property(files, (some) => {
        const neighbour = file('a/1-first/ss.txt', SAMPLES.ss);
        const incidents = readIncidents([...some, neighbour]);
        const captures = incidents.flatMap((incident) => incident.captures);
        const paths = new Set(captures.map((capture) => capture.path));
        expect([...paths].sort()).toEqual([...some.map((it) => it.path), neighbour.path].sort());
        const kept = captures.find((capture) => capture.path === neighbour.path);
        expect(kept?.records).toBe(1);
        for (const capture of captures) {
          const size = some.find((it) => it.path === capture.path)?.bytes.length ?? Infinity;
          expect(capture.origin.offset + capture.bytes.length).toBeLessThanOrEqual(size);
          for (const { start, end } of capture.diagnostics) {
            expect(start).toBeLessThanOrEqual(end);
            expect(end).toBeLessThanOrEqual(size);
          }
          if (!('table' in capture.content)) continue;
          for (const { source } of capture.content.table) {
            const { start, end } = placeOf(capture, source);
            expect(start).toBeGreaterThanOrEqual(capture.origin.offset);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(size);
          }
        }
      }),
    );
  });
});

describe('readIncidents and namespaces', () => {
  const names = (...paths: readonly string[]): (string | null)[] =>
    read(...paths.map((path): [string, string] => [path, SAMPLES.ss])).map(
      ({ namespace }) => namespace,
    );

  it('takes one folder for one namespace, also with stages and folders by kind', () => {
    expect(names('ss.txt')).toEqual([null]);
    expect(names('dump/1-before/ss.txt', 'dump/2-after/ss.txt')).toEqual([null]);
    const byKind = read(
      ['dump/sockets/ss.txt', SAMPLES.ss],
      ['dump/table/c.txt', SAMPLES.conntrack],
    );
    expect(byKind.map(({ captures }) => kinds(captures))).toEqual([['ss', 'conntrack']]);
  });

  it('keeps sibling pods apart, and gives each what the node has', () => {
    const incidents = read(
      ['dump/uname.txt', SAMPLES.uname],
      ['dump/dmesg.txt', SAMPLES.log],
      ['dump/pod-a/ss.txt', SAMPLES.ss],
      ['dump/pod-a/iptables.txt', SAMPLES.ruleset],
      ['dump/pod-b/ss.txt', SAMPLES.ss],
      ['dump/pod-b/conntrack.txt', SAMPLES.conntrack],
    );
    expect(incidents.map(({ namespace, captures }) => [namespace, kinds(captures).sort()])).toEqual(
      [
        ['pod-a', ['log', 'ruleset', 'ss', 'uname']],
        ['pod-b', ['conntrack', 'log', 'ss', 'uname']],
      ],
    );
    expect(incidents.every(({ kernel }) => kernel?.release === '5.19.0')).toBe(true);
  });

  it("shares the node's kernel from a folder beside the pods, and keeps its rules to itself", () => {
    const incidents = read(
      ['dump/node/uname.txt', SAMPLES.uname],
      ['dump/node/iptables.txt', SAMPLES.ruleset],
      ['dump/pod-a/ss.txt', SAMPLES.ss],
      ['dump/pod-a/logs/app.log', 'started\n'],
      ['dump/pod-b/ss.txt', SAMPLES.ss],
    );
    expect(incidents.map(({ namespace, captures }) => [namespace, kinds(captures)])).toEqual([
      ['pod-a', ['uname', 'ss', 'unknown']],
      ['pod-b', ['uname', 'ss']],
      ['node', ['ruleset']],
    ]);
  });

  it('reads a sosreport: the host and each network namespace for itself', () => {
    const top = 'sosreport-node-2026/sos_commands';
    const inside = (name: string): [string, string] => [
      `${top}/networking/namespaces/${name}/ip_netns_exec_${name}_ss_-peaonmi`,
      SAMPLES.ss,
    ];
    const incidents = read(
      [`${top}/kernel/uname_-a`, SAMPLES.uname],
      [`${top}/networking/ss_-peaonmi`, SAMPLES.ss],
      [`${top}/conntrack/conntrack_-L_-o_extended`, SAMPLES.conntrack],
      inside('cni-1'),
      inside('cni-2'),
    );
    expect(incidents.map(({ namespace, captures }) => [namespace, kinds(captures)])).toEqual([
      ['sosreport-node-2026', ['uname', 'ss', 'conntrack']],
      ['cni-1', ['uname', 'ss']],
      ['cni-2', ['uname', 'ss']],
    ]);
  });

  it('reads a bug report of istioctl: a pod for each folder of proxies', () => {
    const netstat =
      'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\ntcp        0      0 127.0.0.1:15001         10.77.0.1:44410         FIN_WAIT2   16334/envoy\n';
    const incidents = read(
      ['bug-report/proxies/shop/cart-1/netstat', netstat],
      ['bug-report/proxies/shop/cart-2/netstat', netstat],
      ['bug-report/proxies/shop/cart-2/istio-proxy.log', 'started\n'],
    );
    expect(incidents.map(({ namespace }) => namespace)).toEqual(['shop/cart-1', 'shop/cart-2']);
    expect(incidents.every(({ snapshots }) => snapshots.length === 1)).toBe(true);
  });
});

describe('readIncidents and snapshots', () => {
  const order = (...files: readonly (readonly [string, string])[]): (number | string | null)[][] =>
    (read(...files)[0]?.snapshots ?? []).map(({ name, at }) => [name, at]);

  it('orders stages naturally where nothing says when', () => {
    const stages = ['10-last', '2-second', '1-first'];
    const listed = stages.map((stage): [string, string] => [`${stage}/ss.txt`, SAMPLES.ss]);
    expect(order(...listed)).toEqual([
      ['1-first', null],
      ['2-second', null],
      ['10-last', null],
    ]);
  });

  it('orders stages by their dates where all have one', () => {
    expect(
      order(
        ['1-late/date.txt', '1795389985.5\n'],
        ['1-late/ss.txt', SAMPLES.ss],
        ['2-early/date.txt', '1795389900.5\n'],
        ['2-early/ss.txt', SAMPLES.ss],
      ),
    ).toEqual([
      ['2-early', 1795389900.5],
      ['1-late', 1795389985.5],
    ]);
  });

  it('begins a snapshot in a transcript where a command is given again', () => {
    const round = `$ ss -naoep\n${SAMPLES.ss}$ conntrack -L\n${SAMPLES.conntrack}`;
    const [incident] = read(['session.txt', round + round]);
    expect(incident?.snapshots.map(({ captures }) => kinds(captures))).toEqual([
      ['ss', 'conntrack'],
      ['ss', 'conntrack'],
    ]);
  });

  it('leaves events out: they tell a course of time', () => {
    const event = `    [NEW] ${SAMPLES.conntrack.replace('dport=7777', 'dport=7777 [UNREPLIED]')}`;
    const [incident] = read(['conntrack-E.txt', event], ['ss.txt', SAMPLES.ss]);
    expect(incident?.captures.map(({ records }) => records)).toEqual([1, 1]);
    expect(incident?.snapshots.map(({ captures }) => kinds(captures))).toEqual([['ss']]);
  });
});

describe('readIncidents and facts', () => {
  it("finds the pod's addresses, one spelling of each, the most used first", () => {
    const row = (local: string): string => `tcp ESTAB 0 0 ${local} 10.0.0.9:443\n`;
    const sockets = ['[::ffff:10.0.0.5]:1', '10.0.0.5:2', '[fd00::5]:3', '127.0.0.1:4', '[::1]:5'];
    const text = `Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n${sockets.map(row).join('')}tcp LISTEN 0 0 10.0.0.7:80 0.0.0.0:*\n`;
    const [incident] = read(['ss.txt', text]);
    expect(incident?.podAddresses).toEqual(['10.0.0.5', 'fd00::5']);
  });

  it.each([
    ['kubectl describe node', 'System Info:\n  Kernel Version:  5.15.0-91-generic\n', 2],
    ['hostnamectl', '   Static hostname: n\n            Kernel: Linux 5.14.0-427.el9.x86_64\n', 2],
    ['a note', 'Kernel: 5.14.21-150400.24.21-default\r\n', 1],
  ])('finds the kernel in %s', (_, text, line) => {
    const [incident] = read(['node.txt', text], ['ss.txt', SAMPLES.ss]);
    const { release, place } = incident?.kernel ?? {};
    expect(text).toContain(release);
    expect(place?.line).toBe(line);
    expect(text.slice(place?.start, place?.end).trim()).toMatch(/^Kernel.*\d$|^Kernel.*[a-z]$/);
  });

  it('finds the ports that intercept, by rule with its place, else those of known proxies', () => {
    const ruled = read(['rules.txt', SAMPLES.ruleset])[0]?.interception;
    expect(ruled).toEqual([
      { direction: 'outbound', port: 15001, place: expect.objectContaining({ line: 4 }) },
    ]);
    const known = read(['ss.txt', SAMPLES.ss])[0]?.interception ?? [];
    expect(known.map(({ port }) => port)).toEqual(expect.arrayContaining([15001, 15006, 4140]));
    expect(known.every(({ place }) => place === null)).toBe(true);
  });
});

describe('readIncidents and clocks', () => {
  const clocks = (...files: readonly (readonly [string, string])[]) => read(...files)[0]?.clocks;
  const packet = (id: number): string => SAMPLES.tcpdump.replace('id 20402', `id ${id}`);
  const logged = (id: number, stamp: string): string =>
    `${stamp} X: IN= OUT=lo SRC=172.29.73.7 DST=127.0.0.1 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=${id} DF PROTO=TCP SPT=44410 DPT=15001 WINDOW=62720 RES=0x00 SYN URGP=0 \n`;

  it('joins a log line to the packet with the same IP identification', () => {
    const found = clocks(
      ['dmesg.txt', logged(20402, '[Sun Nov 22 23:25:49 2026]')],
      ['lo.txt', packet(20402)],
    );
    // 23:26:25.461086 − 23:25:49
    expect(found).toEqual([
      {
        file: 'dmesg.txt',
        line: 1,
        offsetSeconds: 36.461,
        from: 'IP id 20402 in dmesg.txt:1 and lo.txt packet 1',
      },
    ]);
    expect(
      clocks(['dmesg.txt', logged(7, '[Sun Nov 22 23:25:49 2026]')], ['lo.txt', packet(20402)]),
    ).toEqual([]);
  });

  it('takes the shorter way round midnight where the packets have no date', () => {
    const late = packet(7).replace('23:26:25.461086', '00:00:10.000000');
    const [clock] = clocks(
      ['dmesg.txt', logged(7, '[Sun Nov 22 23:59:50 2026]')],
      ['lo.txt', late],
    ) ?? [undefined];
    expect(clock?.offsetSeconds).toBe(20);
  });

  it('reads seconds since boot as a clock', () => {
    const dated = packet(7).replace('23:26:25', '2026-11-22 23:26:25');
    const [clock] = clocks(['dmesg.txt', logged(7, '[   33.461086]')], ['lo.txt', dated]) ?? [];
    expect(clock?.offsetSeconds).toBeCloseTo(Date.UTC(2026, 10, 22, 23, 25, 52) / 1000, 3);
  });

  it('lays a train of RSTs over the packets where the identification is 0', () => {
    const text = readFileSync(new URL('../fixtures/istio-43301-rsts.md', import.meta.url), 'utf8');
    const [clock] = clocks(['notes.md', text]) ?? [];
    // The seven differences lie between 36.34 and 37.02 s; the middle one is 36.44 s.
    expect(clock?.offsetSeconds).toBe(36.44);
    expect(clock?.from).toContain('7 packets from port 44410 to port 7777 with flags R');
  });
});
