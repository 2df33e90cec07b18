import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const NODES = recording('recordings/server-two-nodes');
const HAIRPIN = recording('recordings/server-hairpin');
const said = (files: typeof NODES) => saidOf('client-ip-collision', files);

describe('findClientIpCollisions with two ways to one server', () => {
  it('tells the two ways by their hops', () => {
    const [clash] = detect(NODES).findings;
    // The text of the capture: ttl 63 and 61, packets 1, 4 and 5.
    expect(clash?.story.join(' ')).toContain('its TTL is 61, that of the first connection 63');
    expect(clash?.evidence.map(({ packet, line }) => [packet, line])).toEqual([
      [1, 1],
      [4, 7],
      [5, 9],
    ]);
  });

  it('leaves a client alone that takes its own port again over the same way', () => {
    expect(said(rewrite(NODES, (text) => text.replaceAll('ttl 61', 'ttl 63')))).toEqual([]);
  });

  it('tells them by the neighbour that hands the SYN over', () => {
    const bySame = rewrite(NODES, (text) =>
      text
        .replaceAll('ttl 61', 'ttl 63')
        .replaceAll(/^(17958258(?:09|1\d)\S+) ee:32:f0:c3:ce:fa/gm, '$1 ee:32:f0:c3:ce:fb'),
    );
    expect(said(bySame)).toEqual(['past likely']);
  });

  it('leaves a second connection alone where the first was closed or reset', () => {
    const reset = rewrite(NODES, (text) =>
      text.replace(/(10\.1\.0\.2\.42001 > 203\.0\.113\.9\.80: Flags )\[\.\]/, '$1[R.]'),
    );
    expect(said(reset)).toEqual([]);
  });

  it('leaves a SYN alone that is sent again: it has the same number', () => {
    expect(said(rewrite(NODES, (text) => text.replaceAll('2500000000', '2000000000')))).toEqual([]);
  });

  it('leaves a client alone that was silent for long: routes change', () => {
    const later = rewrite(NODES, (text) => text.replaceAll(/^17958258(09|1\d)/gm, '17958259$1'));
    expect(said(later)).toEqual([]);
  });

  it('takes a packet that two interfaces show for one', () => {
    const twice = rewrite(NODES, (text, path) =>
      path.includes('tcpdump')
        ? text.replaceAll(/^\d.*\n {4}.*\n/gm, (packet) => packet + packet)
        : text,
    );
    expect(said(twice)).toEqual(['past likely']);
  });
});

const T0 = Date.UTC(2026, 10, 22, 23, 0, 0) / 1000;
const line = (at: number, text: string): string =>
  `${(T0 + at).toFixed(6)} IP (tos 0x0, ttl 63, id ${Math.round(at * 1000) + 1}, offset 0, flags [DF], proto TCP (6), length 60)\n    ${text}, length 0\n`;
const TO = '192.0.2.7.42001 > 203.0.113.9.80: Flags';
const FROM = '203.0.113.9.80 > 192.0.2.7.42001: Flags';
const ALIVE =
  line(0, `${TO} [S], seq 2000, win 64240`) +
  line(0.001, `${FROM} [S.], seq 7000, ack 2001, win 64240`) +
  line(0.002, `${TO} [.], ack 7001, win 64240`) +
  line(3, `${TO} [S], seq 500000000, win 64240`) +
  line(3.001, `${FROM} [.], ack 2001, win 64240`);

describe('findClientIpCollisions with two senders (synthetic text)', () => {
  it('is certain where the first connection goes on with its own numbers', () => {
    const text = `${ALIVE}${line(4, `${TO} [P.], seq 2001:2011, ack 7001, win 64240`)}`;
    expect(said([file('tcpdump.txt', text)])).toEqual(['past certain']);
  });

  it('does not take the RST that refuses the ACK for the first connection going on', () => {
    const text = `${ALIVE}${line(3.2, `${TO} [R], seq 2001, win 0`)}`;
    expect(said([file('tcpdump.txt', text)])).toEqual([]);
  });

  it('does not take what was under way for the first connection going on', () => {
    const text = `${ALIVE}${line(3.01, `${TO} [.], ack 7001, win 64240`)}`;
    expect(said([file('tcpdump.txt', text)])).toEqual([]);
  });
});

describe('findClientIpCollisions with a connection that comes back', () => {
  it('names the process that connects to itself', () => {
    const named = rewrite(HAIRPIN, (text, path) =>
      path.includes('ss-')
        ? text.replace(/^SYN-SENT.*$/m, (row) => `${row} users:(("app",pid=77,fd=3))`)
        : text,
    );
    const [clash] = detect(named).findings;
    expect(clash?.process).toEqual([{ role: 'connecting', name: 'app', pid: 77, fd: 3 }]);
    expect(clash?.summary).toContain(
      'app (pid 77, fd 3) cannot connect from 203.0.113.9:42001 to 198.51.100.1:80',
    );
  });

  it('is past once no socket is connecting', () => {
    expect(said(HAIRPIN.filter(({ path }) => !path.includes('2-during')))).toEqual([
      'past certain',
    ]);
  });

  it('leaves a connection alone that never left: its SYN has all its hops', () => {
    const own = (ttl: number) => [
      file(
        'tcpdump.txt',
        line(0, '203.0.113.9.42001 > 203.0.113.9.80: Flags [S], seq 1, win 64240').replace(
          'ttl 63',
          `ttl ${ttl}`,
        ),
      ),
    ];
    expect(said(own(64))).toEqual([]);
    expect(said(own(63))).toEqual(['past likely']);
  });
});
