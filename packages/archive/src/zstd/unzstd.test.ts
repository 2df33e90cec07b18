import { describe, expect, it } from 'vitest';
import { concatBytes } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { fixture, LOG, pieces } from '../testing/fixtures.ts';
import { unzstd } from './unzstd.ts';

async function unpack(bytes: Uint8Array): Promise<string> {
  const out: Uint8Array[] = [];
  for await (const piece of unzstd(pieces(bytes, 1000))) out.push(piece);
  return new TextDecoder().decode(concatBytes(out));
}

/** What was thrown while unpacking. */
async function faultOf(bytes: readonly number[]): Promise<string> {
  try {
    return `none: ${(await unpack(Uint8Array.from(bytes))).length} bytes`;
  } catch (error) {
    expect(error).toBeInstanceOf(Damage);
    return (error as Damage).found;
  }
}

/** The text of flows.txt, by the numbers of make.sh. */
function flows(): string {
  let text = '';
  let x = 1;
  for (let i = 0; i < 4000; i++) {
    x = (x * 16807) % 2147483647;
    text += `tcp 6 ${x % 432000} ESTABLISHED src=10.0.0.${x % 7} dst=10.96.0.10 sport=${32768 + (x % 28232)} dport=443\n`;
  }
  return text;
}

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** A header: a window of 2 MiB, no checksum, no size. */
const HEADER = [...MAGIC, 0, 0x58];
const LAST = 1;
const block = (kind: number, bytes: readonly number[], size: number = bytes.length): number[] => {
  const head = LAST | (kind << 1) | (size << 3);
  return [head & 255, (head >> 8) & 255, head >> 16, ...bytes];
};

describe('unzstd', () => {
  it.each(['flows-1.zst', 'flows-19.zst'])('unpacks %s as the tool does', async (name) => {
    expect(await unpack(fixture(name))).toBe(flows());
  });

  it('unpacks frames behind each other, with and without checksum, past one to skip', async () => {
    expect(await unpack(fixture('frames.zst'))).toBe(LOG);
  });

  it('unpacks blocks that are not packed, and of one byte alone', async () => {
    const raw = Uint8Array.from([...HEADER, ...block(0, [0x61, 0x62, 0x63])]);
    const same = Uint8Array.from([...HEADER, ...block(1, [0x61], 1000)]);
    expect([await unpack(raw), await unpack(same)]).toEqual(['abc', 'a'.repeat(1000)]);
  });

  // 98,047 sequences of 65,539 bytes each, asked for in nine bytes.
  it('does not copy for minutes because a few bytes ask for it', async () => {
    const asks = [0, 0xff, 0xff, 0xff, 0b01010100, 0, 1, 52, 1];
    expect(await faultOf([...HEADER, ...block(2, asks)])).toMatch(/^sequences that are cut$/);
    const more = [...asks.slice(0, -1), ...new Array(60).fill(0), 1];
    expect(await faultOf([...HEADER, ...block(2, more)])).toMatch(/further back|more than it may/);
  });

  it.each([
    ['a window of 3.75 TiB', [...MAGIC, 0, 0xff], 'a window of over 128 MiB'],
    ['a dictionary', [...MAGIC, 1, 0x58, 7], 'a frame that needs a dictionary'],
    ['a bit of a later version', [...MAGIC, 8, 0x58], 'a frame of a later version'],
    ['a kind of block that is none', [...HEADER, ...block(3, [])], 'a block that cannot be'],
    ['a block over 128 KiB', [...HEADER, ...block(1, [0x61], 131_073)], 'a block that cannot be'],
    ['a block that is cut', [...HEADER, ...block(0, [1, 2], 3)], 'its end'],
    ['literals of nothing', [...HEADER, ...block(2, [3, 0, 0])], 'literals without their table'],
    ['a frame to skip that is cut', [0x50, 0x2a, 0x4d, 0x18, 9, 0, 0, 0, 1], 'its end'],
    ['no magic number', [1, 2, 3, 4], 'no frame'],
    [
      'another size than it has',
      [...MAGIC, 0x20, 4, ...block(0, [1, 2, 3])],
      '3 bytes of content where 4 were promised',
    ],
    [
      'another checksum than it has',
      [...MAGIC, 4, 0x58, ...block(0, [1, 2, 3]), 1, 2, 3, 4],
      'content that differs from its checksum',
    ],
  ])('refuses %s', async (_, bytes, found) => {
    expect(await faultOf(bytes)).toBe(found);
  });
});
