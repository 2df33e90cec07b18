import { gzipSync } from 'node:zlib';
import type { Diagnostic } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './byte-reader.ts';
import { fixture, LISTING, LOG, pieces } from './testing/fixtures.ts';
import { unpackStream } from './unpack-stream.ts';

async function unpack(chunks: AsyncIterable<Uint8Array>) {
  const out: Uint8Array[] = [];
  const said: Diagnostic[] = [];
  const onDiagnostic = (diagnostic: Diagnostic): number => said.push(diagnostic);
  for await (const piece of unpackStream(chunks, { onDiagnostic })) out.push(piece);
  return { text: new TextDecoder().decode(concatBytes(out)), said };
}

describe('unpackStream', () => {
  it.each([
    'dmesg.txt.gz',
    'dmesg.txt.xz',
    'dmesg.txt.zst',
    'members.gz',
    'streams.xz',
    'blocks.xz',
    'frames.zst',
  ])('unpacks %s, wherever its chunks end', async (name) => {
    for (const size of [1, 7, 100_000]) {
      expect(await unpack(pieces(fixture(name), size))).toEqual({ text: LOG, said: [] });
    }
  });

  it('hands on what is not packed, in the chunks that it came in', async () => {
    const chunks = [LISTING, LOG].map((text) => new TextEncoder().encode(text));
    const out: Uint8Array[] = [];
    async function* source() {
      yield* chunks;
    }
    for await (const chunk of unpackStream(source())) out.push(chunk);
    expect(out).toEqual(chunks);
    expect(await unpack(pieces(new Uint8Array(0), 1))).toEqual({ text: '', said: [] });
    expect(await unpack(pieces(Uint8Array.of(0x1f), 1))).toMatchObject({ said: [] });
  });

  it('hands on archives of several members too, unpacked to their .tar', async () => {
    const { text } = await unpack(pieces(fixture('gnu.tar.zst'), 1000));
    expect(text).toBe(new TextDecoder().decode(fixture('gnu.tar')));
  });

  it.each(['dmesg.txt.gz', 'dmesg.txt.xz', 'dmesg.txt.zst'])(
    'tells where %s is cut, and gives what comes before',
    async (name) => {
      const whole = fixture(name);
      const { text, said } = await unpack(pieces(whole.subarray(0, whole.length - 2), 50));
      expect(LOG.startsWith(text)).toBe(true);
      expect(said).toMatchObject([
        { severity: 'error', line: 1, column: whole.length - 1, found: 'its end' },
      ]);
    },
  );

  it('throws what its chunks throw', async () => {
    const lost = new Error('the disk is gone');
    for (const name of ['dmesg.txt.gz', 'dmesg.txt.xz', 'dmesg.txt.zst', 'stored.zip']) {
      async function* source() {
        yield fixture(name).subarray(0, 100);
        throw lost;
      }
      await expect(unpack(source())).rejects.toBe(lost);
    }
  });

  it.each(['dmesg.txt.gz', 'dmesg.txt.xz', 'dmesg.txt.zst', 'gnu.tar'])(
    'lets go of its chunks where whoever reads %s has seen enough',
    async (name) => {
      for (let again = 0; again < 2; again++) {
        let isClosed = false;
        async function* source() {
          try {
            for (;;) yield* pieces(fixture(name), 100);
          } finally {
            isClosed = true;
          }
        }
        for await (const _ of unpackStream(source())) break;
        expect(isClosed).toBe(true);
      }
    },
  );

  it('gives pieces of a fixed size, however much a chunk unpacks to', async () => {
    const bomb = gzipSync(new Uint8Array(16 << 20));
    let largest = 0;
    for await (const piece of unpackStream(pieces(bomb, bomb.length))) {
      largest = Math.max(largest, piece.length);
    }
    expect(largest).toBeLessThanOrEqual(64 << 10);
  });
});
