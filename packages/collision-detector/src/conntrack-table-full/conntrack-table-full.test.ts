import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const FULL = recording('recordings/gateway-table-full');
const NEAR = recording('recordings/gateway-table-near');
const said = (files: typeof FULL) => saidOf('conntrack-table-full', files);
const without = (files: typeof FULL, ...parts: readonly string[]) =>
  files.filter(({ path }) => !parts.some((part) => path.includes(part)));

describe('findFullTables', () => {
  it('tells how full it is, what is in it and what was lost', () => {
    const [full] = detect(FULL).findings;
    expect(full?.summary).toContain('(64 of 64)');
    const story = full?.story.join(' ');
    expect(story).toContain(
      'Of 64 entries in the last listing 64 are in ESTABLISHED, 64 go to port 80',
    );
    // conntrack -S of the first and the last snapshot: 0, and 16 + 18.
    expect(story).toContain('34 packets were dropped');
    expect(full?.mitigations[0]?.command).toBe('sysctl -w net.netfilter.nf_conntrack_max=128');
    const closed = full?.mitigations.find(({ command }) => command.includes('time_wait'));
    expect(closed).toMatchObject({ works: false, why: expect.stringContaining('Only 0 of 64') });
  });

  it('goes by the log, by counts or by counters alone', () => {
    expect(said(without(FULL, 'dmesg'))).toEqual(['active certain']);
    expect(said(without(FULL, 'dmesg', 'conntrack-S'))).toEqual(['active likely']);
    expect(said(without(FULL, '/1-', '/2-', '/3-', 'sysctl'))).toEqual(['past certain']);
    expect(said(without(FULL, 'dmesg', 'sysctl'))).toEqual([]);
  });

  it('counts the rows of a listing where the kernel’s own count is not there', () => {
    const listed = without(NEAR, 'conntrack-C');
    expect(said(listed)).toEqual(['latent likely']);
    expect(said(without(NEAR, 'conntrack-C', 'conntrack-L'))).toEqual(['latent certain']);
  });

  it('says nothing of a table that has room', () => {
    const roomy = rewrite(NEAR, (text) =>
      text.replace('nf_conntrack_max = 64', 'nf_conntrack_max = 90'),
    );
    expect(said(roomy)).toEqual([]);
    const unlimited = rewrite(NEAR, (text) =>
      text.replace('nf_conntrack_max = 64', 'nf_conntrack_max = 0'),
    );
    expect(said(unlimited)).toEqual([]);
  });

  it('says that it was full where there is room again', () => {
    const again = rewrite(FULL, (text) =>
      text.replace('nf_conntrack_max = 64', 'nf_conntrack_max = 9000'),
    );
    expect(said(again)).toEqual(['past certain']);
  });

  it('knows a table that makes room by evicting (counters ours)', () => {
    const evicting = (...values: readonly number[]) =>
      values.map((value, i) =>
        file(
          `pod/${i + 1}-look/conntrack-S.txt`,
          `cpu=0 found=0 drop=0 early_drop=${value} error=0\n`,
        ),
      );
    expect(said(evicting(3, 9))).toEqual(['active certain']);
    expect(said(evicting(3, 9, 9))).toEqual(['past certain']);
    expect(said(evicting(9))).toEqual(['past possible']);
    expect(said(evicting(0, 0))).toEqual([]);
  });

  it('is about now where the log’s last line is of the last snapshot (lines ours)', () => {
    const log = (time: string) => [
      file(
        'pod/dmesg-T.txt',
        `[Sat Nov 28 ${time} 2026] nf_conntrack: nf_conntrack: table full, dropping packet\n`,
      ),
      file('pod/1-look/date.txt', '2026-11-28 00:40:00 UTC\n'),
      file(
        'pod/1-look/ss.txt',
        'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n',
      ),
    ];
    expect(said(log('00:39:50'))).toEqual(['active certain']);
    expect(said(log('00:10:00'))).toEqual(['past certain']);
  });

  it.each([
    ['[12.5] nf_conntrack: table full in netns 4026531840, dropping packet', ['past certain']],
    ['Feb 18 13:00:56 host kernel: ip_conntrack: table full, dropping packet.', ['past certain']],
    ['[13.0] nf_conntrack: expectation table full', []],
  ])('reads %j', (line, expected) => {
    expect(said([file('pod/dmesg.txt', `${line}\n`)])).toEqual(expected);
  });
});
