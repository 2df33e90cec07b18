import { expect, it } from 'vitest';
import { parsePcap, parsePcapAt } from './parse-pcap.ts';
import { partReader } from './part-reader.ts';
import { PcapIndex } from './pcap-index.ts';
import { bytesOf, ipv4, pcapHeader, pcapRecord, tcp } from './testing/capture-bytes.ts';
import { FIXTURES, readFixture } from './testing/fixture.ts';

function indexOf(bytes: Uint8Array, chunk = 777): PcapIndex {
  const index = new PcapIndex();
  for (let at = 0; at < bytes.length; at += chunk) index.append(bytes.subarray(at, at + chunk));
  index.finish();
  return index;
}

it.each(FIXTURES)('leads to each packet of %s', (name) => {
  const bytes = readFixture(name);
  const index = indexOf(bytes);
  const whole = parsePcap(bytes, { all: true });
  expect(index.packets).toBe(whole.packets);
  for (const record of whole) {
    const position = index.find(record.n);
    if (position === null) throw new Error(`no position for packet ${record.n}`);
    const part = parsePcapAt(bytes.subarray(position.offset), position, { all: true });
    expect([...part].find(({ n }) => n === record.n)).toEqual(record);
  }
  expect(index.find(0)).toBeNull();
  expect(index.find(whole.packets + 1)).toBeNull();
});

it.each(FIXTURES)('leads to each packet of %s for who reads part after part', (name) => {
  const bytes = readFixture(name);
  const index = indexOf(bytes);
  const read = partReader({ all: true });
  for (const record of parsePcap(bytes, { all: true })) {
    const position = index.find(record.n);
    if (position === null) throw new Error(`no position for packet ${record.n}`);
    const found = [];
    for (const columns of read(bytes.subarray(position.offset), position)) {
      const row = columns.n.subarray(0, columns.length).indexOf(record.n);
      if (row >= 0) found.push(columns.at(row));
    }
    expect(found).toEqual([record]);
  }
});

/** 1000 packets, one a second. */
const long = bytesOf(
  pcapHeader({ linkType: 101 }),
  ...Array.from({ length: 1000 }, (_, i) =>
    pcapRecord(ipv4(tcp({ seq: i })), { seconds: 1_700_000_000 + i, fraction: 0 }),
  ),
);

it('can be asked while it grows', () => {
  const index = new PcapIndex();
  index.append(long.subarray(0, 24 + 56 * 500 + 3));
  expect(index.packets).toBe(500);
  expect(index.offset).toBe(24 + 56 * 500);
  expect(index.find(500)).toMatchObject({ n: 449, offset: 24 + 56 * 448, end: 24 + 56 * 500 });
  expect(index.find(501)).toBeNull();
  expect(index.findTime(1_700_000_500)).toBeNull();
  index.append(long.subarray(24 + 56 * 500 + 3));
  index.finish();
  expect(index.packets).toBe(1000);
  expect(index.find(500)?.end).toBe(24 + 56 * 512);
  expect(index.diagnostics).toEqual([]);
});

it('leads to the first packet of a time or later', () => {
  const index = indexOf(long);
  const firstFrom = (seconds: number, nanoseconds = 0): number | undefined => {
    const position = index.findTime(seconds, nanoseconds);
    if (position === null) return undefined;
    const rows = [...parsePcapAt(long.subarray(position.offset), position)];
    const at = seconds + nanoseconds / 1e9;
    return rows.find((row) => (row.at ?? 0) >= at)?.n;
  };
  expect(firstFrom(0)).toBe(1);
  expect(firstFrom(1_700_000_000)).toBe(1);
  expect(firstFrom(1_700_000_064)).toBe(65);
  expect(firstFrom(1_700_000_127, 1)).toBe(129);
  expect(firstFrom(1_700_000_777, 500_000_000)).toBe(779);
  expect(firstFrom(1_700_000_999)).toBe(1000);
  expect(firstFrom(1_700_000_999, 1)).toBeUndefined();
});

it('says whether times run backwards', () => {
  const at = (...seconds: number[]): boolean =>
    indexOf(
      bytesOf(
        pcapHeader({ linkType: 101 }),
        ...seconds.map((second) => pcapRecord(ipv4(tcp({})), { seconds: second, fraction: 0 })),
      ),
    ).isInOrder;
  expect(at()).toBe(true);
  expect(at(5, 5, 6)).toBe(true);
  expect(at(5, 7, 6)).toBe(false);
});

it('says what is damaged', () => {
  const index = indexOf(long.subarray(0, 24 + 56 * 3 + 20));
  expect(index.packets).toBe(3);
  expect(index.diagnostics.map(({ start, end }) => [start, end])).toEqual([
    [24 + 56 * 3, 24 + 56 * 3 + 20],
  ]);
});
