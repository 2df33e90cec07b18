import { describe, expect, it } from 'vitest';
import { openArchive } from './open-archive.ts';
import { fixture, LISTING, LOG } from './testing/fixtures.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Opens a fixture: the content of each file by its name in the archive, and the diagnostics. */
async function open(name: string): Promise<{ files: Record<string, string>; said: string[] }> {
  const { files, diagnostics } = await openArchive(fixture(name), name);
  return {
    files: Object.fromEntries(
      files.map(({ path, bytes }) => [path.replace(`${name}!/`, ''), text(bytes)]),
    ),
    said: diagnostics.map(({ path, severity, message }) => `${path}: ${severity}: ${message}`),
  };
}

const FOLDER =
  'a-folder-with-a-name-of-some-length/and-another-one-in-it/so-that-the-whole-is-over-a-hundred-characters';
const DEEP = `${FOLDER}/${FOLDER}/and-this-one-is-over-two-hundred-and-fifty-five`;

/** The tree that make.sh packs. */
const TREE = {
  'ss.txt': LISTING,
  'logs/dmesg.txt': LOG,
  'conntrack-L.txt': '',
  'für.txt': 'umlaut\n',
  [`${FOLDER}/hundred.txt`]: 'hundred\n',
  [`${DEEP}/longer.txt`]: 'longer\n',
};
const { 'ss.txt': ss, 'logs/dmesg.txt': log } = TREE;

describe('openArchive', () => {
  it.each([
    'gnu.tar',
    'gnu.tar.gz',
    'gnu.tar.xz',
    'gnu.tar.zst',
    'pax.tar.gz',
    'python.tar.gz',
    'info-zip.zip',
    'streamed.zip',
  ])('gives the whole tree of %s', async (name) => {
    expect(await open(name)).toEqual({ files: TREE, said: [] });
  });

  it.each(['v7.tar.gz', 'stored.zip', 'zip64.zip', 'python.zip'])(
    'gives the files of %s',
    async (name) => {
      const files = { 'ss.txt': ss, 'logs/dmesg.txt': log };
      expect(await open(name)).toEqual({ files, said: [] });
    },
  );

  it('joins a name that ustar splits in two', async () => {
    expect((await open('ustar.tar.gz')).files).toHaveProperty([`${FOLDER}/hundred.txt`]);
  });

  it.each([
    'dmesg.txt.gz',
    'dmesg.txt.xz',
    'dmesg.txt.zst',
    'members.gz',
    'streams.xz',
    'blocks.xz',
    'frames.zst',
  ])('gives what is packed in %s under its own name', async (name) => {
    expect(await open(name)).toEqual({ files: { [name]: LOG }, said: [] });
  });

  it('knows an archive by its content, whatever its name', async () => {
    const { files } = await openArchive(fixture('gnu.tar.xz'), 'upload(3)');
    expect(files.map(({ path }) => path)).toContain('upload(3)!/ss.txt');
  });

  it('gives a file that is not packed as it is', async () => {
    const bytes = new TextEncoder().encode(LISTING);
    const { files, diagnostics } = await openArchive(bytes, 'ss.txt.gz');
    expect(files).toEqual([{ path: 'ss.txt.gz', bytes }]);
    expect(files[0]?.bytes).toBe(bytes);
    expect(diagnostics).toEqual([]);
  });

  it('takes no copy of a file that lies in a .tar as it is', async () => {
    const bytes = fixture('gnu.tar');
    const { files } = await openArchive(bytes, 'gnu.tar');
    const views = files.filter((file) => file.bytes.buffer === bytes.buffer);
    expect(views).toEqual(files.filter((file) => file.bytes.length > 0));
  });

  it('opens a log in a sosreport in a .zip', async () => {
    const alone = await open('sosreport-node.tar.xz');
    const root = 'sosreport-node';
    expect(alone.files).toEqual({
      [`${root}/sos_commands/networking/ss_-peaonmi`]: LISTING,
      [`${root}/var/log/messages.gz`]: LOG,
    });
    expect(alone.said).toEqual([
      'sosreport-node.tar.xz: hint: expected files, found symbolic links ("sosreport-node/netstat"): passed over',
    ]);
    const { files } = await open('case.zip');
    expect(Object.keys(files)).toEqual([
      `sosreport-node.tar.xz!/${root}/sos_commands/networking/ss_-peaonmi`,
      `sosreport-node.tar.xz!/${root}/var/log/messages.gz`,
    ]);
  });
});

describe('members that are no plain files', () => {
  it.each(['odd-gnu.tar.gz', 'odd-pax.tar.gz'])('of %s are passed over and told', async (name) => {
    const { files, said } = await open(name);
    expect(files).toEqual({ 'file.txt': 'a file\n', 'the-last.txt': 'the last\n' });
    const found = said.map((line) => line.replace(/^.*: (\w+): expected files, found /, '$1 '));
    expect(found).toEqual([
      `hint hard links ("./hard-link.txt"): passed over`,
      `hint symbolic links ("./link.txt"): passed over`,
      `hint named pipes ("./pipe"): passed over`,
      expect.stringMatching(/^error sparse files \(".*sparse\.txt"\): passed over$/),
    ]);
  });

  it.each([
    ['links.zip', 'hint: expected files, found symbolic links ("link.txt"): passed over'],
    ['encrypted.zip', 'error: expected files, found encrypted files ("file.txt"): passed over'],
    [
      'bzip2.zip',
      'error: expected files, found files packed by method 12 ("logs/dmesg.txt"): passed over',
    ],
  ])('of %s are passed over and told', async (name, message) => {
    const { files, said } = await open(name);
    const kept = { 'links.zip': { 'file.txt': 'a file\n' }, 'bzip2.zip': { 'ss.txt': ss } };
    expect(files).toEqual({ 'encrypted.zip': {}, ...kept }[name]);
    expect(said).toEqual([`${name}: ${message}`]);
  });
});

describe('a form that is not opened', () => {
  it.each([
    ['dmesg.txt.bz2', 'expected .tar, .zip, .gz, .xz or .zst, found bzip2; unpack it first'],
    [
      'sha256.xz',
      'expected xz with LZMA2 alone and the check CRC32, CRC64 or none, found another filter or check',
    ],
  ])('is named: %s', async (name, message) => {
    expect(await open(name)).toEqual({ files: {}, said: [`${name}: error: ${message}`] });
  });
});
