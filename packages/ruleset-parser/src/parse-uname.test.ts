import { toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeUname } from './looks-like-uname.ts';
import { parseUname } from './parse-uname.ts';
import { readFixture } from './testing/read-fixture.ts';

describe('parseUname', () => {
  it('reads uname -a', () => {
    expect(parseUname(readFixture('incident-6.1.192-uname-a.txt'))).toEqual({
      release: '6.1.0-56-cloud-amd64',
      version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)',
      machine: 'x86_64',
      hostname: '(none)',
      distribution: 'Debian 6.1.192-2',
      source: { line: 1, start: 0, end: 103 },
    });
  });

  it('reads /proc/version', () => {
    expect(parseUname(readFixture('incident-6.1.192-proc-version.txt'))).toMatchObject({
      release: '6.1.0-56-cloud-amd64',
      version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)',
      machine: null,
      hostname: null,
      distribution: 'Debian 6.1.192-2',
    });
  });

  it('reads what other systems print', () => {
    const redHat =
      'Linux node-1 4.18.0-553.el8.x86_64 #1 SMP Fri May 10 15:19:13 EDT 2024 x86_64 x86_64 x86_64 GNU/Linux';
    expect(parseUname(redHat)).toMatchObject({
      hostname: 'node-1',
      release: '4.18.0-553.el8.x86_64',
      version: '#1 SMP Fri May 10 15:19:13 EDT 2024',
      machine: 'x86_64',
      distribution: 'Red Hat Enterprise Linux 8 or a rebuild',
    });
    const alpine =
      'Linux pod 5.15.0-1053-aws #58~20.04.1-Ubuntu SMP Mon Jan 22 17:29:20 UTC 2024 aarch64 Linux';
    expect(parseUname(alpine)).toMatchObject({ machine: 'aarch64', distribution: 'Ubuntu' });
    expect(parseUname('5.14.21-150400.24.21-default\n')).toMatchObject({
      release: '5.14.21-150400.24.21-default',
      version: null,
      distribution: 'SUSE Linux Enterprise 15 SP4',
    });
  });

  it('finds the kernel in its own log and after a prompt', () => {
    const log =
      '[    0.000000] Linux version 5.4.59 (builder@localhost) (gcc version 11.3.0) #1 Sun Nov 22 22:26:45 UTC 2026\n';
    expect(parseUname(log)?.release).toBe('5.4.59');
    expect(parseUname('$ uname -r\n5.19.0\n')).toMatchObject({
      release: '5.19.0',
      source: { line: 2 },
    });
  });

  it('gives null where there is none, and never throws', () => {
    for (const text of ['', 'x', '10.0.0.1', '127.0.0.1:80', 'Linux is a kernel', '12']) {
      expect(parseUname(text)).toBeNull();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseUname(bytes)?.source.end ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('looksLikeUname', () => {
  it('knows its own recordings and not a version of something else', () => {
    expect(looksLikeUname(toBytes(readFixture('incident-6.1.192-uname-a.txt')))).toBe(true);
    expect(looksLikeUname(toBytes(readFixture('incident-6.1.192-proc-version.txt')))).toBe(true);
    expect(looksLikeUname(toBytes('$ uname -r\n6.1.0-56-cloud-amd64\n'))).toBe(true);
    expect(looksLikeUname(toBytes('5.14.2\n'))).toBe(false);
    expect(looksLikeUname(toBytes('[    0.000000] Linux version 5.4.59 (b@h) #1 SMP\n'))).toBe(
      false,
    );
    expect(looksLikeUname(toBytes(''))).toBe(false);
  });
});
