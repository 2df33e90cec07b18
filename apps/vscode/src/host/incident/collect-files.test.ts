import { expect, it } from 'vitest';
import { collectFiles, type Folder, mayBeCaptureName } from './collect-files.ts';

/** A folder in memory; a size below 0 is a file that cannot be read. */
function folderOf(files: Readonly<Record<string, number>>): Folder {
  return {
    list: async (path) => {
      const prefix = path === '' ? '' : `${path}/`;
      const inside = Object.keys(files).filter((name) => name.startsWith(prefix));
      const names = new Map(
        inside.map((name) => {
          const [first = '', ...rest] = name.slice(prefix.length).split('/');
          return [first, rest.length > 0];
        }),
      );
      return [...names].map(([name, isFolder]) => ({ name, isFolder }));
    },
    stat: async (path) => {
      const size = files[path] ?? -1;
      if (size < 0) throw new Error('no access');
      return { size, mtime: 7 };
    },
  };
}

it('lists files that may be captures, in natural order, with what tells a change', async () => {
  const folder = folderOf({ '10-b/ss.txt': 5, '2-a/ss.txt': 4, 'eth0.pcap': 3, 'main.ts': 2 });
  const { files, problems } = await collectFiles(folder);
  expect(files).toEqual([
    { path: '2-a/ss.txt', size: 4, version: '7 4' },
    { path: '10-b/ss.txt', size: 5, version: '7 5' },
    { path: 'eth0.pcap', size: 3, version: '7 3' },
  ]);
  expect(problems).toEqual([]);
});

it('passes hidden folders and node_modules over', async () => {
  const { files } = await collectFiles(folderOf({ '.git/log': 1, 'node_modules/a/b.txt': 1 }));
  expect(files).toEqual([]);
});

it('says what it could not read, and goes on', async () => {
  const { files, problems } = await collectFiles(folderOf({ 'a.txt': -1, 'b.txt': 1 }));
  expect(files.map(({ path }) => path)).toEqual(['b.txt']);
  expect(problems).toEqual([{ path: 'a.txt', why: 'unreadable' }]);
});

it('stops at a limit of files and of depth, and says so once', async () => {
  const many = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`${i}.txt`, 1]));
  const collected = await collectFiles(folderOf(many));
  expect(collected.files).toHaveLength(2000);
  expect(collected.problems).toEqual([{ path: '', why: 'many' }]);
  const deep = await collectFiles(folderOf({ [`${'d/'.repeat(20)}a.txt`]: 1 }));
  expect(deep.problems).toMatchObject([{ why: 'deep' }]);
});

it.each(['ss', 'conntrack-L.txt', 'dmesg.1', 'LO.PCAP', 'notes.md', 'bundle.tar.gz'])(
  'may read %s',
  (name) => {
    expect(mayBeCaptureName(name)).toBe(true);
  },
);

it.each(['main.ts', 'photo.png', '.env'])('leaves %s alone', (name) => {
  expect(mayBeCaptureName(name)).toBe(false);
});
