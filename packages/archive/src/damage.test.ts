import { describe, expect, it } from 'vitest';
import type { OpenedArchive } from './archive-file.ts';
import { concatBytes } from './byte-reader.ts';
import { openArchive } from './open-archive.ts';
import { fixture, LISTING, LOG, zipEntries } from './testing/fixtures.ts';
import { blocksOf, makeTar } from './testing/make-tar.ts';

const said = ({ diagnostics }: OpenedArchive): string[] =>
  diagnostics.map(({ path, severity, message }) => `${path}: ${severity}: ${message}`);
const contents = ({ files }: OpenedArchive): Record<string, string> =>
  Object.fromEntries(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));

/** The bytes with one bit of one of them turned. */
function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] as number) ^ 0x10;
  return copy;
}

describe('a .tar with a damaged header', () => {
  const tar = makeTar([
    { name: 'a.txt', content: 'first' },
    { name: 'b.txt', content: 'x'.repeat(2000) },
    { name: 'c.txt', content: 'last' },
  ]);

  it.each([
    ['name', 1024],
    ['size', 1024 + 130],
    ['checksum', 1024 + 150],
  ])('loses that member alone: %s', async (_, at) => {
    const opened = await openArchive(damaged(tar, at), 'a.tar');
    expect(contents(opened)).toEqual({ 'a.tar!/a.txt': 'first', 'a.tar!/c.txt': 'last' });
    expect(said(opened)).toEqual([
      expect.stringMatching(
        /^a\.tar: error: expected the header of a member, found ".*"; 2560 bytes were passed over$/,
      ),
    ]);
    expect(opened.diagnostics[0]).toMatchObject({ line: 1, column: 1025, start: 1024 });
  });

  it('loses the member whose extended header cannot be read', async () => {
    const bad = makeTar([
      { name: 'pax', type: 'x', content: '99 path=short\n' },
      { name: 'named-by-pax', content: 'x' },
      { name: 'c.txt', content: 'last' },
    ]);
    const opened = await openArchive(bad, 'a.tar');
    expect(contents(opened)).toEqual({ 'a.tar!/c.txt': 'last' });
    expect(said(opened)).toEqual([
      'a.tar: error: expected files, found members with an extended header that cannot be read ("named-by-pax"): passed over',
    ]);
  });

  it('holds no name of a megabyte', async () => {
    const long = makeTar([
      { name: 'long', type: 'L', content: 'n'.repeat(2 ** 20 + 1) },
      { name: 'cut-name', content: 'x' },
      { name: 'path', type: 'L', content: 'n'.repeat(5000) },
      { name: 'cut-name', content: 'x' },
      { name: 'c.txt', content: 'last' },
    ]);
    const opened = await openArchive(long, 'a.tar');
    expect(contents(opened)).toEqual({ 'a.tar!/c.txt': 'last' });
    expect(said(opened)).toHaveLength(2);
    expect(said(opened)[1]).toContain(`found names over 4096 characters ("${'n'.repeat(200)}…")`);
  });
});

describe('a .tar that is cut', () => {
  const tar = concatBytes([
    ...blocksOf({ name: 'a.txt', content: 'first' }),
    ...blocksOf({ name: 'b.txt', content: 'x'.repeat(2000) }),
  ]);

  it('gives the beginning of the member that it is cut in', async () => {
    const opened = await openArchive(tar.subarray(0, 1024 + 512 + 700), 'a.tar');
    expect(contents(opened)).toEqual({ 'a.tar!/a.txt': 'first', 'a.tar!/b.txt': 'x'.repeat(700) });
    expect(said(opened)[0]).toBe(
      'a.tar!/b.txt: error: expected 2000 bytes, found its end after 700; what is there is kept',
    );
  });

  it('gives no member of which nothing is there: it would read as an empty listing', async () => {
    const opened = await openArchive(tar.subarray(0, 1024 + 512), 'a.tar');
    expect(contents(opened)).toEqual({ 'a.tar!/a.txt': 'first' });
    expect(said(opened)[0]).toContain('a.tar!/b.txt: error: expected 2000 bytes, found its end');
  });

  it('gives all members where only its end is missing', async () => {
    const opened = await openArchive(tar, 'a.tar');
    expect(opened.files).toHaveLength(2);
    expect(said(opened)).toEqual([
      'a.tar: warning: expected two blocks of zeros at the end of the .tar, found its end',
    ]);
  });
});

describe('packed data', () => {
  it.each([
    ['dmesg.txt.gz', 'gzip'],
    ['dmesg.txt.xz', 'xz'],
    ['dmesg.txt.zst', 'zstd'],
  ])('that is cut gives what comes before: %s', async (name, form) => {
    const whole = fixture(name);
    for (const length of [20, whole.length >> 1, whole.length - 1]) {
      const opened = await openArchive(whole.subarray(0, length), name);
      expect(LOG.startsWith(contents(opened)[name] ?? '')).toBe(true);
      expect(said(opened)).toEqual([
        `${name}: error: expected the rest of the ${form}, found its end`,
      ]);
    }
  });

  it.each([
    'dmesg.txt.gz',
    'dmesg.txt.xz',
    'dmesg.txt.zst',
    'gnu.tar.gz',
    'gnu.tar.xz',
    'gnu.tar.zst',
  ])(
    'that is damaged is never given for whole where it is not: %s',
    async (name) => {
      const whole = fixture(name);
      const right = contents(await openArchive(whole, name));
      let told = 0;
      let tried = 0;
      // The header of gzip holds a time that nothing protects, and a few bits of each form are idle.
      const last = whole.length - 10;
      for (let at = 10; at < whole.length; at += at < last ? 3 : 1) {
        tried++;
        const opened = await openArchive(damaged(whole, at), name);
        if (opened.diagnostics.length > 0) told++;
        else expect(contents(opened), `at ${at}`).toEqual(right);
      }
      expect(told).toBeGreaterThan(tried * 0.95);
    },
    30_000,
  );

  it('with other bytes behind it is given, and they are told', async () => {
    for (const name of ['dmesg.txt.gz', 'dmesg.txt.zst']) {
      const opened = await openArchive(
        concatBytes([fixture(name), new Uint8Array(9).fill(7)]),
        name,
      );
      expect(contents(opened)).toEqual({ [name]: LOG });
      expect(said(opened)).toEqual([
        expect.stringMatching(/warning: expected the end of .*, found other bytes/),
      ]);
    }
  });
});

describe('a file of no bytes', () => {
  it('is what a packer left that failed, where its name says that it is packed', async () => {
    const opened = await openArchive(new Uint8Array(0), 'conntrack-L.txt.gz');
    expect(opened.files).toEqual([]);
    expect(said(opened)).toEqual([
      'conntrack-L.txt.gz: error: expected a packed file, found nothing',
    ]);
  });

  it('is a file like any other under any other name', async () => {
    const { files, diagnostics } = await openArchive(new Uint8Array(0), 'conntrack-L.txt');
    expect([files.length, diagnostics]).toEqual([1, []]);
  });
});

describe('a .zip', () => {
  it('that lost its directory is read by the headers of its members', async () => {
    for (const name of ['python.zip', 'streamed.zip', 'stored.zip']) {
      const whole = fixture(name);
      const cut = whole.subarray(0, whole.length - 30);
      const opened = await openArchive(cut, name);
      expect(contents(opened)).toMatchObject({
        [`${name}!/ss.txt`]: LISTING,
        [`${name}!/logs/dmesg.txt`]: LOG,
      });
      expect(said(opened)[0]).toBe(
        `${name}: warning: expected the directory at the end of the .zip, found none that is whole; the members' own headers were read`,
      );
    }
  });

  it('that is cut in a member gives its beginning', async () => {
    const opened = await openArchive(fixture('stored.zip').subarray(0, 3000), 'a.zip');
    const files = contents(opened);
    expect(files['a.zip!/ss.txt']).toBe(LISTING);
    const log = files['a.zip!/logs/dmesg.txt'] ?? '';
    expect(LOG.startsWith(log) && log.length > 2000).toBe(true);
    expect(said(opened)).toContain(
      `a.zip!/logs/dmesg.txt: error: expected ${LOG.length} bytes, found its end after ${log.length}; what is there is kept`,
    );
  });

  it('with a directory that is damaged halfway gives the other members by their headers', async () => {
    const whole = fixture('python.zip');
    const [, second = 0] = zipEntries(whole);
    const opened = await openArchive(damaged(whole, second), 'a.zip');
    expect(contents(opened)).toEqual({ 'a.zip!/ss.txt': LISTING, 'a.zip!/logs/dmesg.txt': LOG });
    expect(said(opened)).toHaveLength(1);
  });

  it('loses a damaged member alone, by its checksum', async () => {
    const whole = fixture('stored.zip');
    const opened = await openArchive(damaged(whole, 2000), 'a.zip');
    expect(contents(opened)).toEqual({ 'a.zip!/ss.txt': LISTING });
    expect(said(opened)).toEqual([
      'a.zip!/logs/dmesg.txt: error: expected content that fits its checksum, found other content',
    ]);
  });

  it('loses a damaged member alone, by what packs it', async () => {
    const whole = fixture('python.zip');
    const lost = new Set<string>();
    for (let at = 30; at < whole.length - 150; at += 3) {
      const opened = await openArchive(damaged(whole, at), 'a.zip');
      const files = contents(opened);
      for (const [path, content] of [
        ['a.zip!/ss.txt', LISTING],
        ['a.zip!/logs/dmesg.txt', LOG],
      ] as const) {
        if (files[path] !== content) lost.add(path);
      }
      expect(Object.keys(files).length + said(opened).length).toBeGreaterThan(1);
    }
    expect(lost.size).toBe(2);
  }, 30_000);
});
