import { describeParserContract } from '@tuplescope/scan/testing';
import { describe, expect, it } from 'vitest';
import { parseSs } from './parse-ss.ts';
import { streamSs } from './stream-ss.ts';
import { readFixture } from './testing/read-fixture.ts';

const sample = readFixture('replay/pipe-ss-tanoe.txt');
const line = sample.split('\n')[4] as string;

describeParserContract({
  name: 'parseSs',
  parse: parseSs,
  stream: streamSs,
  sample,
  damage: [line, line.replace('SYN-SENT', 'SYN#SENT')],
  worstCase: (bytes) =>
    'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4\n43 users:(("a",pid=1,f\nd=2)) cubic ((((\n'.repeat(
      bytes / 75,
    ),
});

/** What the recorded snapshot of the incident has, read by eye. */
describe('parseSs on the incident', () => {
  const sockets = [...parseSs(readFixture('incident/ss-naoep.txt'))];

  it('reads every table of the snapshot', () => {
    const counts = new Map<string | null, number>();
    for (const { netid } of sockets) counts.set(netid, (counts.get(netid) ?? 0) + 1);
    expect([...counts]).toEqual([
      ['nl', 13],
      ['p_raw', 2],
      ['tcp', 4],
    ]);
  });

  it('reads the stale socket and the one that runs into it', () => {
    const [, , stale, connecting] = sockets.slice(-4);
    expect(stale).toEqual({
      netid: 'tcp',
      state: 'FIN-WAIT-2',
      recvq: 0,
      sendq: 0,
      local: { address: '127.0.0.1', port: 15001, interface: null },
      peer: { address: '172.29.73.7', port: 44410, interface: null },
      process: [{ name: 'envoy-sim', pid: 112, fd: 4 }],
      timer: null,
      uid: 1337,
      inode: 392,
      cookie: '10',
      shutdown: '<--',
      skmem: null,
      tcp: null,
      source: expect.objectContaining({ line: 23 }),
    });
    expect(connecting).toMatchObject({
      state: 'SYN-SENT',
      sendq: 1,
      process: [{ name: 'app', pid: 260, fd: 3 }],
      timer: { name: 'on', seconds: 1.732, retransmits: 1, text: '1.732ms' },
      uid: 0,
      shutdown: '<->',
    });
  });

  it('takes the detail lines of a socket into its span', () => {
    const text = readFixture('incident/ss-naoep.txt');
    const packet = sockets.find(({ netid }) => netid === 'p_raw');
    const lines = text.slice(packet?.source.start, packet?.source.end).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^\tring_rx\(.*\)$/);
    expect(packet?.local).toEqual({ address: '*', port: null, interface: 'eth0' });
    expect(packet?.details).toMatchObject({ ver: '2', flags: 'running auxdata' });
  });

  it('reads the inner state of TCP below a socket', () => {
    const [, closeWait, , synSent] = [...parseSs(readFixture('incident/ss-tinaoe.txt'))];
    expect(closeWait?.tcp).toMatchObject({
      ts: true,
      sack: true,
      congestion: 'cubic',
      wscale: { snd: 7, rcv: 7 },
      rto: 208,
      rtt: 5.154,
      rttvar: 3.016,
      bytes_acked: 5,
      send: 138890182,
      pacing_rate: 277739944,
      delivery_rate: 363370552,
      app_limited: true,
      snd_wnd: 62720,
    });
    expect(synSent?.tcp).toMatchObject({ backoff: 1, retrans: { now: 1, total: 1 }, lost: 1 });
    expect(synSent?.netid).toBeNull();
  });
});

describe('parseSs on what people paste', () => {
  const table = parseSs(readFixture('pasted.txt'));
  const said = table.diagnostics.map(({ severity, line: at }) => `${severity} ${at}`);

  it('reads the sockets between prompts and notes', () => {
    expect([...table].map(({ state, local }) => `${state} ${local.port}`)).toEqual([
      'SYN-SENT 44410',
      'SYN-SENT 44410',
      'FIN-WAIT-2 15001',
    ]);
  });

  it('reads a timer with notes as the one without', () => {
    expect(table.at(0).timer).toEqual(table.at(1).timer);
    expect(table.at(0).timer).toMatchObject({ seconds: 1.684, retransmits: 2, text: '1.684ms' });
    expect(said).toContain('hint 3');
  });

  it('does not take a socket that is commented out for a live one, and says so', () => {
    const hints = table.diagnostics.filter(({ message }) => message.includes('commented out'));
    expect(hints.map(({ severity, line: at }) => [severity, at])).toEqual([
      ['hint', 10],
      ['hint', 11],
    ]);
  });

  it('says nothing worse than a hint', () => {
    expect(said.every((text) => text.startsWith('hint'))).toBe(true);
  });

  it('reads an address with a note', () => {
    const text = '  tcp FIN-WAIT-2 0 0 127.0.0.1:15001  172.29.73.7:44410(POD_IP:ephemeral_port)';
    const noted = parseSs(text);
    expect(noted.at(0).peer).toEqual({ address: '172.29.73.7', port: 44410, interface: null });
    expect(noted.diagnostics.map(({ severity, column }) => [severity, column])).toEqual([
      ['hint', 1 + text.indexOf('(')],
    ]);
  });

  it('passes over the head of watch', () => {
    const watched = parseSs(
      'Every 1.0s: ss -tan    node: Sat Feb  4 16:46:40 2023\n\nState Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nESTAB 0 0 10.0.0.1:80 10.0.0.2:4000\n',
    );
    expect(watched.length).toBe(1);
    expect(watched.diagnostics.map(({ severity, line: at }) => [severity, at])).toEqual([
      ['hint', 1],
    ]);
  });
});

describe('parseSs on input that was made to be slow', () => {
  const row = 'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:90 ';

  it.each([
    ['malformed words', `${row}${'uid:x '.repeat(150_000)}`],
    ['lists of processes that never end', `${row}${'users:(('.repeat(100_000)}`],
    ['parentheses that never close', `${row}${'( '.repeat(400_000)}`],
    ['details without end', `${row}\n${'\tuid:x\n'.repeat(100_000)}`],
    ['beginnings of sockets', 'tcp ESTAB\n'.repeat(80_000)],
    ['wrapped lines', `${row}users:(("a\n${'ino:1\n'.repeat(60)}`.repeat(1500)],
  ])('reads %s in bounded time and memory', (_, text) => {
    const table = parseSs(text);
    expect(table.diagnostics.length).toBeLessThanOrEqual(1001);
    expect([...table].length).toBe(table.length);
  });
});

describe('parseSs on damage', () => {
  const good = 'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000 ino:7 sk:1 <->';
  it.each([
    ['a port over 65535', 'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:70000', 27],
    ['a queue that is no number', 'tcp ESTAB 0 x 10.0.0.1:80 10.0.0.2:4000', 13],
    ['a state that is none', 'tcp ESTUB 0 0 10.0.0.1:80 10.0.0.2:4000', 5],
    ['a socket without a peer', 'tcp ESTAB 0 0 10.0.0.1:80', 26],
    ['prose', 'the quick brown fox', 1],
  ])('loses %s and no neighbour', (_, bad, column) => {
    const table = parseSs(`${good}\n${bad}\n${good}\n`);
    expect(table.length).toBe(2);
    expect(table.diagnostics).toMatchObject([{ severity: 'error', line: 2, column }]);
  });

  it.each([
    ['timer:(on,soon,2)'],
    ['uid:12x'],
    ['uid:4294967296'],
    ['ino:-'],
    ['sk:xyz'],
    ['skmem:(r0)'],
    ['users:(("a",pid=x,fd=1))'],
  ])('keeps a socket with the malformed %s, and keeps the word', (word) => {
    const table = parseSs(`tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000 ${word} <->\n${good}\n`);
    expect(table.length).toBe(2);
    expect(table.at(0)).toMatchObject({ shutdown: '<->', extra: [word] });
    expect(table.at(1).inode).toBe(7);
  });

  it('warns of a malformed word where it stands', () => {
    const table = parseSs(`${good}\ntcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000 timer:(on,soon,2)\n`);
    expect(table.diagnostics).toMatchObject([{ severity: 'warning', line: 2, column: 41 }]);
    expect(table.at(1).timer).toBeNull();
  });

  it('does not give the details below a bad line to the socket above it', () => {
    const table = parseSs(`${good}\ntcp ESTUB 0 0 a:1 b:2\n\t cubic rto:208\n`);
    expect(table.at(0).tcp).toBeNull();
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });
});
