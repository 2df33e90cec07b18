import { chmodSync, mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARSE_KINDS } from './parse-kind.ts';
import { useTemporaryFolder } from './testing/files.ts';
import { parseLines, runCommand } from './testing/run-command.ts';

const ENTRY =
  'tcp      6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=80 [UNREPLIED] ' +
  'src=127.0.0.1 dst=10.0.0.1 sport=15001 dport=44410 mark=0 use=1';
const UNKNOWN = 'expected the output of a tool that Tuplescope knows, found ';

const folder = useTemporaryFolder();

/** Parses a file of this name and content: exit code, number of records, diagnostics. */
async function parseFile(name: string, content: string | Uint8Array, kind = 'auto') {
  const path = folder.add(name, content);
  const { code, stdout, stderr } = await runCommand(['parse', kind, path]);
  const said = stderr.replaceAll(path, name);
  expect(said).not.toMatch(/^\s+at /m);
  return { code, records: parseLines(stdout).length, said };
}

describe('an empty file', () => {
  it.each(['conntrack-L.txt', 'ss.txt'])('named %s is a listing of nothing', async (name) => {
    expect(await parseFile(name, '')).toEqual({
      code: 0,
      records: 0,
      said: `${name}:1:1: hint: expected rows, found an empty listing: nothing was there to list\n`,
    });
  });

  it('of any other name is not recognised', async () => {
    expect(await parseFile('notes.txt', '')).toEqual({
      code: 2,
      records: 0,
      said: `notes.txt: not recognised: ${UNKNOWN}an empty file\ntuplescope: no input was recognised\n`,
    });
  });

  it('is a listing of nothing where the kind says that it is a listing', async () => {
    expect(await parseFile('a.txt', '', 'conntrack')).toMatchObject({ code: 0, records: 0 });
    expect(await parseFile('a.txt', '', 'ss')).toMatchObject({ code: 0, records: 0 });
    expect(await parseFile('a.txt', '', 'nstat')).toMatchObject({ code: 2, records: 0 });
  });
});

describe('what is no text', () => {
  it('is not recognised: a program', async () => {
    const elf = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7919) & 0xff);
    elf.set([0x7f, 0x45, 0x4c, 0x46]);
    const { code, records, said } = await parseFile('program', elf);
    expect({ code, records }).toEqual({ code: 2, records: 0 });
    expect(said).toContain(`program: not recognised: ${UNKNOWN}"\\x7fELF`);
  });

  it.each(['auto', 'pcap'])('is a .pcap cut in its header, parsed as %s', async (kind) => {
    const capture = Uint8Array.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0]);
    expect(await parseFile('lo.pcap', capture, kind)).toEqual({
      code: 0,
      records: 0,
      said: "lo.pcap:1:1: error: expected the 24 bytes of a pcap's header, found 12 bytes\n",
    });
  });

  it('is not recognised: a .pcap that is packed', async () => {
    const { code, said } = await parseFile('lo.pcap', Uint8Array.of(0x1f, 0x8b, 8, 0), 'pcap');
    expect(code).toBe(2);
    expect(said).toContain('lo.pcap: not recognised: ');
  });
});

describe('any bytes', () => {
  it.each(Object.keys(PARSE_KINDS))('parsed as %s give 0 or 2, and no trace', async (kind) => {
    const noise = fc.uint8Array({ maxLength: 200 });
    const words = fc.string({ unit: fc.constantFrom(...' \n=:.,$#[]{}"\0', 'tcp', 'src', '1') });
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, words), async (stdin) => {
        const { code, stdout, stderr } = await runCommand(['parse', kind], { stdin });
        expect([0, 2]).toContain(code);
        expect(stderr).not.toContain('fault of the command');
        if (code === 2) expect(stdout).toBe('');
        else expect(() => parseLines(stdout)).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });
});

describe('text that was damaged', () => {
  it('may end inside a character', async () => {
    const cut = Buffer.concat([Buffer.from(`${ENTRY}\ntcp 6 `), Buffer.from([0xe2, 0x82])]);
    const { code, records, said } = await parseFile('cut.txt', cut);
    expect({ code, records }).toEqual({ code: 0, records: 1 });
    expect(said).toMatch(/^cut\.txt:2:\d+: error: expected /);
  });

  it('may have the line ends of Windows and a byte order mark', async () => {
    const clean = await parseFile('clean.txt', `${ENTRY}\n${ENTRY}\n`);
    const windows = await parseFile('windows.txt', `\uFEFF${ENTRY}\r\n${ENTRY}\r\n`);
    expect(clean).toEqual({ code: 0, records: 2, said: '' });
    expect(windows).toEqual(clean);
  });

  it('may have NUL bytes, which cost their own line', async () => {
    const { code, records, said } = await parseFile('nul.txt', `${ENTRY}\n\0\0\0\n${ENTRY}\n`);
    expect({ code, records }).toEqual({ code: 0, records: 2 });
    expect(said).toMatch(/^nul\.txt:2:1: error: expected [^\n]+, found "\\x00\\x00\\x00"\n$/);
  });
});

describe('a line of 100 MB', () => {
  const long = Buffer.alloc(100_000_000, 'x');

  it('is not recognised, and not read to its end', async () => {
    const { code, records, said } = await parseFile('long.txt', long);
    expect({ code, records }).toEqual({ code: 2, records: 0 });
    expect(said).toMatch(/^long\.txt: not recognised: expected [^\n]+, found "x{60}" …\n/);
  });

  it('costs its neighbours nothing', async () => {
    const ends = [Buffer.from(`${ENTRY}\n`), long, Buffer.from(`\n${ENTRY}\n`)];
    const { code, records, said } = await parseFile('between.txt', Buffer.concat(ends));
    expect({ code, records }).toEqual({ code: 0, records: 2 });
    expect(said).toMatch(/^between\.txt:2:1: error: expected a line of at most 1048576 bytes/);
  });
});

describe('what cannot be read', () => {
  it('is a folder', async () => {
    mkdirSync(folder.path('dump'));
    const { code, stderr } = await runCommand(['parse', 'auto', folder.path('dump')]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `tuplescope: ${folder.path('dump')} is a folder: parse takes files, analyze takes folders\n`,
    );
  });

  // Nothing is forbidden to root.
  it.skipIf(process.getuid?.() === 0)('is a file without permission', async () => {
    const path = folder.add('secret.txt', ENTRY);
    chmodSync(path, 0);
    const { code, stderr } = await runCommand(['parse', 'auto', path]);
    expect(code).toBe(2);
    expect(stderr).toBe(`tuplescope: cannot read ${path}: permission was denied\n`);
  });

  it('is told before anything is printed', async () => {
    const good = folder.add('good.txt', ENTRY);
    const { code, stdout } = await runCommand(['parse', 'auto', good, folder.path('gone.txt')]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
