import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './byte-reader.ts';
import { openArchive } from './open-archive.ts';
import { fixture, pieces } from './testing/fixtures.ts';
import { unpackStream } from './unpack-stream.ts';

const NAMES = [
  'gnu.tar',
  'gnu.tar.gz',
  'gnu.tar.xz',
  'gnu.tar.zst',
  'pax.tar.gz',
  'odd-gnu.tar.gz',
  'info-zip.zip',
  'streamed.zip',
  'zip64.zip',
  'case.zip',
  'frames.zst',
  'members.gz',
  'blocks.xz',
];

const LIMITS = { totalBytes: 1 << 20, members: 1000 };

/** One change of an archive: bytes written over, cut out, or put in. */
const change = fc.record({
  at: fc.nat({ max: 2 ** 20 }),
  cut: fc.constantFrom(0, 0, 1, 4, 512, 5000),
  put: fc.uint8Array({ maxLength: 12 }),
});

const archive = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([name, changes]) => {
    let bytes = fixture(name);
    for (const { at, cut, put } of changes) {
      const from = at % (bytes.length + 1);
      const to = from + Math.max(cut, cut === 0 ? put.length : 0);
      bytes = concatBytes([bytes.subarray(0, from), put, bytes.subarray(to)]);
    }
    return bytes;
  });

const noise = fc.uint8Array({ maxLength: 2000 });

/** Noise behind what the forms begin with, so that it comes past the first look. */
const begun = fc
  .tuple(
    fc.constantFrom(
      [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
      [0x28, 0xb5, 0x2f, 0xfd],
      [0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58],
      [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4, 0xe6, 0xd6, 0xb4, 0x46, 2, 0, 0x21, 1, 0x16, 0],
      [0x50, 0x4b, 3, 4],
    ),
    noise,
  )
  .map(([magic, rest]) => concatBytes([Uint8Array.from(magic), rest]));

describe('whatever the bytes', () => {
  it.each([
    ['mutated archives', archive, 200],
    ['noise behind a magic number', begun, 200],
    ['noise', noise, 200],
  ] as const)(
    'openArchive gives files within its limits and never throws: %s',
    async (_, any, runs) => {
      await fc.assert(
        fc.asyncProperty(any, async (bytes) => {
          const { files, diagnostics } = await openArchive(bytes, 'a', LIMITS);
          const unpacked = files.reduce((sum, file) => sum + file.bytes.length, 0);
          expect(unpacked).toBeLessThanOrEqual(LIMITS.totalBytes + bytes.length);
          expect(files.length).toBeLessThanOrEqual(LIMITS.members);
          expect(diagnostics.length).toBeLessThan(2002);
          for (const { path } of files) {
            expect(path.split('/')).not.toContain('..');
            expect(path).toMatch(/^a(?:!\/[^/].*)?$/);
          }
          for (const { message } of diagnostics) expect(message).toMatch(/^expected .+, found /s);
        }),
        { numRuns: runs },
      );
    },
    60_000,
  );

  it('unpackStream gives the same, however the bytes come in chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(archive, begun),
        fc.integer({ min: 1, max: 900 }),
        async (bytes, size) => {
          const read = async (chunk: number): Promise<[Uint8Array, string[]]> => {
            const out: Uint8Array[] = [];
            const said: string[] = [];
            const onDiagnostic = ({ message }: { message: string }): number => said.push(message);
            for await (const piece of unpackStream(pieces(bytes, chunk), { onDiagnostic })) {
              out.push(piece);
            }
            return [concatBytes(out), said];
          };
          const [whole, said] = await read(bytes.length + 1);
          const [again, saidAgain] = await read(size);
          expect(saidAgain).toEqual(said);
          // Of damaged deflate and LZMA the last bytes before the damage depend on the chunks.
          if (said.length === 0) expect(again).toEqual(whole);
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});
