import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type PcapSegment, parsePcap } from '@tuplescope/pcap-reader';
import { describe, expect, it } from 'vitest';
import { PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { AWKS, SHELLS } from './testing/shells.ts';

const PROGRAM = ['addresses.awk', 'redact-text.awk', 'packet-headers.awk']
  .map((name) => readFileSync(`${PACKAGES}cli/collect/${name}`, 'utf8'))
  .join('\n');

const folder = useTemporaryFolder();

/** Cuts the packets of a capture as `collect` does: through awk, and a shell that makes bytes of it. */
function cut(capture: Uint8Array, { awk = ['awk'], shell = ['sh'], redact = '' } = {}): Uint8Array {
  const raw = folder.add('capture.pcap', capture);
  const bytes = folder.add('capture.bytes', execFileSync('od', ['-An', '-v', '-tu1', raw]));
  const [command = '', ...options] = awk;
  execFileSync(command, [...options, '-v', `redact=${redact}`, '-v', 'seed=7', PROGRAM, bytes]);
  const [program = '', ...words] = shell;
  return execFileSync(program, [...words, folder.path('capture.sh')]);
}

const ETHERNET = readFileSync(`${PACKAGES}pcap-reader/fixtures/port-reuse-lo.pcap`);

/** What a segment says, but for where it stands, and what only its payload could tell. */
function contents(capture: Uint8Array): object[] {
  return [...parsePcap(capture)].map((segment: PcapSegment) => {
    const { source, truncated, checksum, ...rest } = segment;
    return segment.len > 0 ? rest : { ...rest, isRight: checksum?.correct };
  });
}

describe('the headers of a capture', { timeout: 30_000 }, () => {
  const whole = contents(ETHERNET);

  it.each(AWKS)('are all there, cut by %s', (...awk) => {
    expect(contents(cut(ETHERNET, { awk }))).toEqual(whole);
  });

  it.each(SHELLS)('are all there, written by %s', (...shell) => {
    expect(contents(cut(ETHERNET, { shell }))).toEqual(whole);
  });

  it('are all that is there', () => {
    expect(Buffer.from(ETHERNET).includes('hello')).toBe(true);
    expect(Buffer.from(cut(ETHERNET)).includes('hello')).toBe(false);
  });

  it('are those of any header of TCP, IPv4, IPv6 and Ethernet, and of no other protocol', () => {
    const tcp = [...bytes(12), 0x60, ...bytes(11)];
    const payload = bytes(20, 0xaa);
    const v4 = (fragment: number) => [
      0x46,
      0,
      0,
      0,
      0,
      0,
      fragment >> 8,
      fragment & 255,
      64,
      6,
      ...bytes(14),
    ];
    const v6 = [0x60, 0, 0, 0, 0, 0, 6, 64, ...bytes(32)];
    const link = (...tags: number[]) => [...bytes(12), ...tags];
    const packets = [
      [...link(8, 0), ...v4(0), ...tcp, ...payload],
      [...link(0x81, 0, 0, 5, 8, 0), ...v4(0), ...tcp, ...payload],
      [...link(0x86, 0xdd), ...v6, ...tcp, ...payload],
      [...link(8, 0), ...v4(7), ...tcp, ...payload],
      [...link(8, 6), ...payload],
      link(8),
      [],
    ];
    const sizes = [14 + 24 + 24, 18 + 24 + 24, 14 + 40 + 24, 14 + 24, 14, 13, 0];
    for (const isLittle of [true, false]) {
      const out = Buffer.from(cut(pcapOf(packets, isLittle)));
      expect(recordSizes(out, isLittle)).toEqual(sizes);
      expect(out.includes(0xaa)).toBe(false);
    }
  });

  it('hold no option that may hold an address, where addresses are replaced', () => {
    const options = [1, 30, 8, 0x30, 1, 10, 66, 66, 66, 2, 4, 5, 180];
    const tcp = [...bytes(12), 0x90, ...bytes(7), ...options, ...bytes(3)];
    const v4 = [0x47, ...bytes(8), 6, ...bytes(10), 7, 7, 4, 10, 66, 66, 66, 0];
    const packet = [...bytes(12), 8, 0, ...v4, ...tcp];
    const capture = pcapOf([packet], true);
    expect(Buffer.from(cut(capture)).equals(capture)).toBe(true);
    const cleaned = Buffer.from(cut(capture, { redact: '1' }));
    expect(recordSizes(cleaned, true)).toEqual([packet.length]);
    expect(cleaned.includes(66)).toBe(false);
    expect([...cleaned.subarray(-16)]).toEqual([...bytes(9, 1), 2, 4, 5, 180, ...bytes(3)]);
  });

  it('end where a damaged capture means nothing more', () => {
    const capture = Buffer.from(pcapOf([bytes(60), bytes(60)], true));
    capture.writeUInt32LE(0xffff_ffff, 24 + 16 + 60 + 8);
    expect(recordSizes(Buffer.from(cut(capture)), true)).toEqual([14]);
    expect(cut(capture.subarray(0, 30))).toHaveLength(24);
  });

  it('tell the same connections with other addresses, where those are replaced', () => {
    const changed = contents(cut(ETHERNET, { redact: '1' })) as PcapSegment[];
    const original = contents(ETHERNET) as PcapSegment[];
    const names = new Map<string, string>();
    changed.forEach(({ src, dst }, i) => {
      names.set(original[i]?.src ?? '', src);
      names.set(original[i]?.dst ?? '', dst);
    });
    expect(names.get('127.0.0.1')).toBe('127.0.0.1');
    for (const [before, after] of names) if (before !== '127.0.0.1') expect(after).not.toBe(before);
    expect(new Set(names.values()).size).toBe(names.size);
    expect(changed).toEqual(
      original.map(({ src, dst, ...rest }) => ({
        ...rest,
        src: names.get(src),
        dst: names.get(dst),
      })),
    );
  });
});

function bytes(count: number, value = 0): number[] {
  return Array.from({ length: count }, () => value);
}

function pcapOf(packets: readonly number[][], isLittle: boolean): Buffer {
  const words = (...values: number[]): number[] =>
    values.flatMap((value) => {
      const word = Buffer.alloc(4);
      if (isLittle) word.writeUInt32LE(value);
      else word.writeUInt32BE(value);
      return [...word];
    });
  const header = words(0xa1b2_c3d4, isLittle ? 0x0004_0002 : 0x0002_0004, 0, 0, 138, 1);
  const records = packets.flatMap((packet) => [...words(1, 0, packet.length, 999), ...packet]);
  return Buffer.from([...header, ...records]);
}

/** How many bytes each record of a capture keeps. */
function recordSizes(capture: Buffer, isLittle: boolean): number[] {
  const sizes: number[] = [];
  for (let at = 24; at < capture.length; at += 16 + (sizes.at(-1) ?? 0)) {
    sizes.push(isLittle ? capture.readUInt32LE(at + 8) : capture.readUInt32BE(at + 8));
  }
  return sizes;
}
