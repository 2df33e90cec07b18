import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { OpenedArchive } from './archive-file.ts';
import { concatBytes } from './byte-reader.ts';
import { openArchive } from './open-archive.ts';
import { fixture, LISTING, zipEntries } from './testing/fixtures.ts';
import { blocksOf, type Member, makeTar } from './testing/make-tar.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const paths = ({ files }: OpenedArchive): string[] => files.map(({ path }) => path);
const said = ({ diagnostics }: OpenedArchive): string[] =>
  diagnostics.map(({ path, severity, message }) => `${path}: ${severity}: ${message}`);

/** A good file behind whatever is bad. */
const GOOD = { name: 'ss.txt', content: LISTING };

const openTar = (members: readonly Member[]): Promise<OpenedArchive> =>
  openArchive(makeTar([...members, GOOD]), 'a.tar');

describe('a name', () => {
  it.each([
    ['../../etc/cron.d/x', 'names that lead out of the archive'],
    ['logs/../../x', 'names that lead out of the archive'],
    ['..', 'names that lead out of the archive'],
    ['..\\..\\x', 'names that lead out of the archive'],
    ['/etc/passwd', 'absolute names'],
    ['C:\\Windows\\x', 'absolute names'],
    ['\\\\server\\x', 'absolute names'],
    ['ss\u001b[2J.txt', 'names with control characters'],
    ['ss\u202etxt.exe', 'names with control characters'],
    ['a\nb', 'names with control characters'],
    ['.', 'members without a name'],
  ])('is refused and shown harmlessly: %j', async (name, what) => {
    const opened = await openTar([{ name, content: 'x' }]);
    expect(paths(opened)).toEqual(['a.tar!/ss.txt']);
    expect(said(opened)).toHaveLength(1);
    expect(said(opened)[0]).toContain(`a.tar: warning: expected files, found ${what} ("`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not come through
    expect(said(opened)[0]).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('is refused in a .zip too', async () => {
    const zip = fixture('stored.zip');
    const name = new TextEncoder().encode('ss.txt');
    for (let at = 0; at < zip.length; at++) {
      if (name.every((byte, i) => zip[at + i] === byte)) zip.set([0x2e, 0x2e, 0x2f], at);
    }
    const opened = await openArchive(zip, 'a.zip');
    expect(paths(opened)).toEqual(['a.zip!/logs/dmesg.txt']);
    expect(said(opened)[0]).toContain('found names that lead out of the archive ("../txt")');
  });

  it('may have dots and backslashes that lead nowhere', async () => {
    const opened = await openTar([
      { name: './systemctl_show_dev-disk-by\\x2dlabel' },
      { name: 'a..b/...' },
    ]);
    expect(paths(opened)).toEqual([
      'a.tar!/systemctl_show_dev-disk-by\\x2dlabel',
      'a.tar!/a..b/...',
      'a.tar!/ss.txt',
    ]);
  });

  it('that comes again stands for the last of its members', async () => {
    const opened = await openTar([{ name: 'ss.txt', content: 'old' }, { name: './ss.txt' }]);
    expect(opened.files.map(({ bytes }) => text(bytes))).toEqual([LISTING]);
    expect(said(opened)).toEqual([
      'a.tar: warning: expected files, found earlier members of a name that comes again (2, the first "a.tar!/ss.txt"): passed over',
    ]);
  });

  it('may be of a kind of member that is told once for all of them', async () => {
    const links = Array.from({ length: 500 }, (_, i) => ({ name: `l${i}`, type: '2' }));
    const opened = await openTar([
      ...links,
      { name: 'tty', type: '3' },
      { name: 'sda', type: '4' },
    ]);
    expect(paths(opened)).toEqual(['a.tar!/ss.txt']);
    expect(said(opened)).toEqual([
      'a.tar: hint: expected files, found symbolic links (500, the first "l0"): passed over',
      'a.tar: hint: expected files, found devices (2, the first "tty"): passed over',
    ]);
  });
});

describe('a bomb', () => {
  it('is refused by what it unpacks to for its size', async () => {
    const zeros = gzipSync(new Uint8Array(4 << 20));
    const opened = await openArchive(zeros, 'zeros.gz', { freeBytes: 1 << 20 });
    expect(opened.files).toEqual([]);
    expect(said(opened)).toEqual([
      expect.stringMatching(
        /^zeros\.gz: error: expected at most 250 times as many bytes as it has packed, found more: over 1\d{6} bytes out of \d+; nothing of it was read$/,
      ),
    ]);
  });

  it('is refused by what it unpacks to', async () => {
    const opened = await openArchive(fixture('gnu.tar.xz'), 'a.tar.xz', { totalBytes: 10_000 });
    expect(opened.files).toEqual([]);
    expect(said(opened)).toEqual([
      'a.tar.xz: error: expected at most 10000 bytes unpacked, found more; nothing of it was read',
    ]);
  });

  it('may be one of many small archives in one: they have one sum', async () => {
    const inner = gzipSync(new Uint8Array(1 << 20));
    const members = Array.from({ length: 50 }, (_, i) => ({ name: `${i}.gz`, content: inner }));
    const opened = await openArchive(makeTar(members), 'a.tar', { totalBytes: 10 << 20 });
    expect(opened.files).toHaveLength(10);
    expect(said(opened)).toHaveLength(40);
  });

  it('is refused where the members of a .zip overlap', async () => {
    const zip = fixture('python.zip');
    // The second entry of the directory claims to have as many packed bytes as the whole file.
    const [, entry = 0] = zipEntries(zip);
    new DataView(zip.buffer).setUint32(entry + 20, zip.length, true);
    const opened = await openArchive(zip, 'a.zip');
    expect(opened.files).toEqual([]);
    expect(said(opened)).toEqual([
      'a.zip: error: expected members that lie apart, found some that overlap; nothing of it was read',
    ]);
  });

  it('is not unpacked by the size that a member claims', async () => {
    const claims = blocksOf({ name: 'big', content: 'x', size: 8 * 2 ** 30 - 1 });
    const opened = await openArchive(concatBytes(claims), 'a.tar');
    expect(opened.files.map(({ bytes }) => bytes.length)).toEqual([512]);
    expect(said(opened)[0]).toBe(
      'a.tar!/big: error: expected 8589934591 bytes, found its end after 512; what is there is kept',
    );
  });
});

describe('a million members', () => {
  it('are refused in a .tar', async () => {
    const one = concatBytes(blocksOf({ name: 'x' }));
    const many = new Uint8Array(one.length * 1001);
    for (let at = 0; at < many.length; at += one.length) many.set(one, at);
    const opened = await openArchive(many, 'a.tar', { members: 1000 });
    expect(opened.files).toEqual([]);
    expect(said(opened)[0]).toBe(
      'a.tar: error: expected at most 1000 members, found more; nothing of it was read',
    );
  });

  it('are refused in a .zip, and in archives within one another together', async () => {
    const zip = await openArchive(fixture('info-zip.zip'), 'a.zip', { members: 13 });
    expect(said(zip)[0]).toContain('expected at most 13 members, found more');
    const content = makeTar([GOOD, { name: 'b' }, { name: 'c' }]);
    const nested = [
      { name: '1.tar', content },
      { name: '2.tar', content },
    ];
    const tar = await openArchive(makeTar(nested), 'a.tar', { members: 6 });
    expect(paths(tar)).toEqual(['a.tar!/1.tar!/ss.txt', 'a.tar!/1.tar!/b', 'a.tar!/1.tar!/c']);
    expect(said(tar)[0]).toContain('a.tar!/2.tar: error: expected at most 6 members');
  });
});

describe('archives in one another', () => {
  it('are opened two deep, and named where they go deeper', async () => {
    const within = (name: string, content: Uint8Array): Uint8Array => makeTar([{ name, content }]);
    const third = within('3.tar', within('4.tar', makeTar([GOOD])));
    const opened = await openArchive(within('2.tar', third), '1.tar');
    expect(opened.files).toEqual([]);
    expect(said(opened)).toEqual([
      '1.tar!/2.tar!/3.tar!/4.tar: error: expected archives at most 2 deep in one another, found one more; it was not opened',
    ]);
    const allowed = await openArchive(within('2.tar', third), '1.tar', { nesting: 3 });
    expect(paths(allowed)).toEqual(['1.tar!/2.tar!/3.tar!/4.tar!/ss.txt']);
  });

  it('end where a file is packed in itself again and again', async () => {
    let packed: Uint8Array = new TextEncoder().encode(LISTING);
    for (let i = 0; i < 20; i++) packed = gzipSync(packed);
    const opened = await openArchive(packed, 'a.gz');
    expect(opened.files).toEqual([]);
    expect(said(opened)[0]).toContain('expected archives at most 2 deep');
  });
});
