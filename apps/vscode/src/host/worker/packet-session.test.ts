import { parsePcap } from '@tuplescope/pcap-reader';
import { expect, it, vi } from 'vitest';
import type { PacketFilter } from '../../protocol/packets.ts';
import { verdictOf } from '../../protocol/verdict.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { openPackets, type PacketSession } from './packet-session.ts';
import { LO as bytes, manyPackets } from './testing/many-packets.ts';

const records = [...parsePcap(bytes, { all: true })];
const ALL: PacketFilter = {
  ports: [],
  addresses: [],
  ends: [],
  flags: 0,
  verdicts: [],
  unexpected: false,
  differs: false,
  connection: null,
};

async function opened(source: ByteSource): Promise<PacketSession> {
  const session = openPackets(source);
  await vi.waitFor(() => expect(session.status().isComplete).toBe(true));
  return session;
}

it('gives the rows that the reader of captures gives', async () => {
  const session = await opened(memorySource(bytes));
  const page = await session.page({ first: 0, count: 256 });
  expect(page.length).toBe(records.length);
  const rows = records.map(({ n, src, sport, dst, dport, flags, seq, len }) => [
    ...[n, src, sport, dst, dport, flags, seq, len],
  ]);
  const text = (column: Uint16Array, i: number): string => page.texts[column[i] as number] ?? '';
  expect(
    records.map((_, i) => [
      ...[page.n[i], text(page.src, i), page.sport[i], text(page.dst, i), page.dport[i]],
      ...[text(page.flags, i), page.seq[i], page.payload[i]],
    ]),
  ).toEqual(rows);
  expect(session.status()).toMatchObject({ packets: records.length, problems: [], failure: null });
  expect(session.status().firstAt).toBeCloseTo(records[0]?.at ?? 0, 6);
});

it('gives a page from any place of a long file, and no more rows than there are', async () => {
  const session = await opened(memorySource(manyPackets(50_000)));
  const page = await session.page({ first: 49_990, count: 256 });
  expect([...page.n]).toEqual(Array.from({ length: 10 }, (_, i) => 49_991 + i));
  expect(page.seconds[9]).toBe(1_700_000_000 + 49_999);
  expect((await session.page({ first: 60_000, count: 5 })).length).toBe(0);
});

it('lists packets in the order of time, also where the file does not', async () => {
  const times = [50, 10, 30, 30, 20, 40];
  const session = await opened(memorySource(manyPackets(6, (i) => (times[i] as number) * 1e6)));
  const { n, seconds } = await session.page({ first: 0, count: 9 });
  expect([...n]).toEqual([2, 5, 3, 4, 6, 1]);
  expect([...seconds]).toEqual([10, 20, 30, 30, 40, 50]);
  expect(session.status()).toMatchObject({ order: 'by-time' });
  expect(Math.floor(session.status().firstAt ?? 0)).toBe(10);
  expect([1, 2, 6, 7].map(session.rowOf)).toEqual([5, 0, 4, null]);
  session.filter({ ...ALL, ports: [records[0]?.dport ?? 0] }, null);
  await vi.waitFor(() => expect(session.status().filter?.isComplete).toBe(true));
  expect([...(await session.page({ first: 1, count: 3 })).n]).toEqual([5, 3, 4]);
  session.filter({ ...ALL, connection: 1 }, Uint32Array.of(1, 3, 5));
  await vi.waitFor(() => expect(session.status().filter?.isComplete).toBe(true));
  expect([...(await session.page({ first: 0, count: 9 })).n]).toEqual([5, 3, 1]);
  expect([3, 4].map(session.rowOf)).toEqual([1, null]);
});

it('keeps the order of the file where that is the order of time', async () => {
  const session = await opened(memorySource(bytes));
  expect(session.status()).toMatchObject({ order: 'as-captured' });
  expect([1, 3].map(session.rowOf)).toEqual([0, 2]);
});

it('can be asked while the file is read, and reads no more once it is closed', async () => {
  const whole = memorySource(manyPackets(200_000));
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const read = vi.fn<typeof whole.read>(async (from, ...rest) => {
    // The second half of the file comes when the test lets it.
    if (from > 10_000_000) await held;
    return await whole.read(from, ...rest);
  });
  const session = openPackets({ ...whole, read });
  await vi.waitFor(() => expect(session.status().packets).toBeGreaterThan(0));
  const { packets, isComplete } = session.status();
  expect(isComplete).toBe(false);
  expect((await session.page({ first: 0, count: 3 })).length).toBe(3);
  expect(packets).toBeLessThan(200_000);
  const closed = session.close();
  release();
  await closed;
  const before = read.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(read.mock.calls.length - before).toBeLessThan(2);
});

it('filters by port, end and flags', async () => {
  const session = await opened(memorySource(bytes));
  const matches = async (filter: Partial<PacketFilter>): Promise<number[]> => {
    session.filter({ ...ALL, ...filter }, null);
    await vi.waitFor(() => expect(session.status().filter?.isComplete).toBe(true));
    return [...(await session.page({ first: 0, count: 256 })).n];
  };
  const expected = (test: (record: (typeof records)[number]) => boolean): number[] =>
    records.filter(test).map(({ n }) => n);
  expect(await matches({ flags: 4 })).toEqual(expected(({ flags }) => flags.includes('R')));
  expect(await matches({ ports: [15001] })).toEqual(
    expected(({ sport, dport }) => sport === 15001 || dport === 15001),
  );
  const [first] = records;
  const end = { address: first?.src ?? '', port: first?.sport ?? 0 };
  expect(await matches({ ends: [end] })).toEqual(
    expected(
      ({ src, sport, dst, dport }) =>
        (src === end.address && sport === end.port) || (dst === end.address && dport === end.port),
    ),
  );
  expect(await matches({ addresses: ['203.0.113.9'] })).toEqual([]);
  session.filter(null, null);
  expect((await session.page({ first: 0, count: 256 })).length).toBe(records.length);
});

it('filters by verdict and connection, anew when other verdicts come', async () => {
  const session = await opened(memorySource(bytes));
  const shown = async (): Promise<number[]> => {
    await vi.waitFor(() => expect(session.status().filter?.isComplete).toBe(true));
    return [...(await session.page({ first: 0, count: 256 })).n];
  };
  session.filter({ ...ALL, verdicts: [4] }, null);
  expect(await shown()).toEqual([]);
  const own = new Uint8Array(records.length).fill(verdictOf('NEW', true));
  own[1] = verdictOf('INVALID', true);
  own[3] = verdictOf('INVALID', false);
  session.judge({ own, other: null });
  expect(await shown()).toEqual([2, 4]);
  session.filter({ ...ALL, verdicts: [4], unexpected: true }, null);
  expect(await shown()).toEqual([4]);
  session.filter({ ...ALL, connection: 2 }, Uint32Array.of(1, 2, 9));
  expect(await shown()).toEqual([1, 2, 9]);
  session.filter({ ...ALL, connection: 2 }, null);
  expect(await shown()).toEqual([]);
});

it('steps through what two kernels treat differently, in what is shown', async () => {
  const session = await opened(memorySource(bytes));
  const own = new Uint8Array(records.length).fill(verdictOf('NEW', true));
  const other = own.slice();
  other[4] = verdictOf('INVALID', true);
  other[7] = verdictOf('NEW', false);
  session.judge({ own, other });
  expect(session.step({ row: -1, isForward: true })).toBe(4);
  expect(session.step({ row: 4, isForward: true })).toBe(7);
  expect(session.step({ row: 7, isForward: true })).toBeNull();
  expect(session.step({ row: 7, isForward: false })).toBe(4);
  session.filter({ ...ALL, differs: true }, null);
  await vi.waitFor(() => expect(session.status().filter?.matches).toBe(2));
  expect(session.step({ row: 0, isForward: true })).toBe(1);
  const page = await session.page({ first: 0, count: 9 });
  expect([...page.otherVerdict]).toEqual([other[4], other[7]]);
});

it('gives a packet with its fields and its bytes', async () => {
  const session = await opened(memorySource(bytes));
  const [first] = records;
  const detail = await session.detail(1);
  const named = new Map(detail?.fields.map(({ name, value }) => [name, value]));
  expect(named.get('Flags')).toBe(first?.flags);
  expect(named.get('Sequence number')).toBe(String(first?.seq));
  expect(named.get('Time')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} UTC$/);
  const { start = 0, end = 0 } = first?.source ?? {};
  expect(detail?.bytes).toEqual(bytes.slice(start + 16, end));
  expect(await session.detail(0)).toBeNull();
  expect(await session.detail(records.length + 1)).toBeNull();
});

it('says of a file that is cut where it is cut, and shows what is there', async () => {
  const session = await opened(memorySource(bytes.subarray(0, bytes.length - 5)));
  const { packets, problems } = session.status();
  expect(packets).toBe(records.length - 1);
  expect(problems).toHaveLength(1);
});

it('tells an empty file from one that is no capture', async () => {
  const empty = await opened(memorySource(new Uint8Array()));
  expect(empty.status()).toMatchObject({ packets: 0, size: 0, failure: null, problems: [] });
  const other = await opened(memorySource(new TextEncoder().encode('Netid State Recv-Q')));
  expect(other.status().failure).toBe('not-a-capture');
});

it('says why a file cannot be read', async () => {
  const broken = { ...memorySource(bytes), read: () => Promise.reject(new Error('no access')) };
  expect((await opened(broken)).status().failure).toBe('no access');
});
