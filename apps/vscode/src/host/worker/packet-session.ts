import {
  looksLikePcap,
  type PcapColumns,
  PcapIndex,
  type PcapPosition,
  type PcapTable,
  parsePcapAt,
  streamPcapColumns,
} from '@tuplescope/pcap-reader';
import type {
  CaptureStatus,
  FilterStatus,
  PacketDetail,
  PacketFilter,
  PacketPage,
} from '../../protocol/packets.ts';
import type { ByteSource } from './byte-source.ts';
import { packetFields } from './packet-fields.ts';
import { matcherOf } from './packet-filter.ts';
import { draftPage } from './packet-page.ts';

/** A capture file that is being read. */
export interface PacketSession {
  status(): CaptureStatus;
  filter(filter: PacketFilter | null): CaptureStatus;
  page(wanted: { first: number; count: number }): Promise<PacketPage>;
  detail(n: number): Promise<PacketDetail | null>;
  /** Ends all work, and closes the file. */
  close(): Promise<void>;
}

/** Bytes that are read at once: questions are answered between two pieces. */
const CHUNK = 1 << 20;

/** A page is for a screen, however much is asked for. */
const MOST_ROWS = 1024;

/** More matches than these are counted, not listed. */
const MOST_MATCHES = 10_000_000;

/**
 * Begins to read a capture file: it is indexed piece by piece, and each packet that is indexed can be
 * asked for at once. Of the file nothing but the index is kept.
 */
export function openPackets(source: ByteSource): PacketSession {
  const index = new PcapIndex();
  const state = { size: 0, isComplete: false, failure: null as string | null };
  let firstAt: number | null = null;
  let isClosed = false;
  let filtered: { matches: number[]; status: { isComplete: boolean } } | null = null;

  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let offset = 0; !isClosed; ) {
      const chunk = await source.read(offset, CHUNK);
      if (chunk.length === 0) return;
      yield chunk;
      offset += chunk.length;
      await pause();
    }
  }

  const read = async (): Promise<void> => {
    state.size = await source.size();
    const head = await source.read(0, 64);
    if (head.length > 0 && !looksLikePcap(head)) {
      state.failure = 'not-a-capture';
      state.isComplete = true;
      return;
    }
    for await (const chunk of chunks()) {
      index.append(chunk);
      if (firstAt === null && index.packets > 0) firstAt = await timeOfFirst();
    }
    index.finish();
    state.isComplete = true;
  };

  const timeOfFirst = async (): Promise<number | null> => {
    const [columns] = (await tableOf(1, 1))?.columns ?? [];
    if (columns === undefined || columns.length === 0) return null;
    return (columns.seconds[0] as number) + (columns.nanoseconds[0] as number) / 1e9;
  };

  /** Reads the packets from one number to another, and those that lie beside them in the file. */
  const tableOf = async (first: number, last: number): Promise<PcapTable | null> => {
    const from = index.find(first);
    const to = index.find(last);
    if (from === null || to === null) return null;
    const bytes = await source.read(from.offset, to.end - from.offset);
    const position: PcapPosition = { ...from, end: to.end };
    return parsePcapAt(bytes, position, { all: true });
  };

  const numbersOf = ({ first, count }: { first: number; count: number }): number[] => {
    const total = filtered === null ? index.packets : filtered.matches.length;
    const length = Math.max(0, Math.min(count, MOST_ROWS, total - first));
    return Array.from({ length }, (_, i) =>
      filtered === null ? first + i + 1 : (filtered.matches[first + i] as number),
    );
  };

  const search = async (
    wanted: PacketFilter,
    into: NonNullable<typeof filtered>,
  ): Promise<void> => {
    const matches = matcherOf(wanted);
    for await (const columns of streamPcapColumns(chunks(), { all: true })) {
      if (filtered !== into || isClosed) return;
      for (let row = 0; row < columns.length; row++) {
        if (into.matches.length < MOST_MATCHES && matches(columns, row)) {
          into.matches.push(columns.n[row] as number);
        }
      }
    }
    into.status.isComplete = true;
  };

  const status = (): CaptureStatus => ({
    packets: index.packets,
    read: index.offset,
    size: Math.max(state.size, index.offset),
    isComplete: state.isComplete,
    firstAt,
    problems: index.diagnostics.slice(0, 20).map(({ start, message }) => `${start}: ${message}`),
    failure: state.failure,
    filter: filterStatus(),
  });

  const filterStatus = (): FilterStatus | null =>
    filtered === null
      ? null
      : { matches: filtered.matches.length, isComplete: filtered.status.isComplete };

  read().catch((error: Error) => {
    state.failure = error.message;
    state.isComplete = true;
  });

  return {
    status,
    filter: (wanted) => {
      filtered = wanted === null ? null : { matches: [], status: { isComplete: false } };
      if (wanted !== null && filtered !== null) {
        const into = filtered;
        search(wanted, into).catch(() => {
          into.status.isComplete = true;
        });
      }
      return status();
    },
    page: async (wanted) => {
      const numbers = numbersOf(wanted);
      const draft = draftPage(wanted.first, numbers.length);
      for (const [at, n] of numbers.entries()) draft.fillUnknown(at, n);
      for (const [from, to] of runsOf(numbers)) {
        const table = await tableOf(numbers[from] as number, numbers[to] as number);
        for (const columns of table?.columns ?? [])
          fillRows(draft.fill, columns, numbers, from, to);
      }
      return draft.finish();
    },
    detail: async (n) => {
      const table = await tableOf(n, n);
      for (const columns of table?.columns ?? []) {
        const row = columns.n.subarray(0, columns.length).indexOf(n);
        if (row < 0) continue;
        const start = (columns.offset[row] as number) - columns.base;
        const bytes = columns.bytes.slice(
          start + (columns.dataStart[row] as number),
          start + (columns.recordLength[row] as number),
        );
        return { n, fields: packetFields(columns.at(row)), bytes, handsOver: [bytes.buffer] };
      }
      return table === null ? null : { n, fields: [], bytes: new Uint8Array(), handsOver: [] };
    },
    close: async () => {
      isClosed = true;
      filtered = null;
      await source.close();
    },
  };
}

/** Numbers that lie near each other are read at once: from which to which of them. */
function runsOf(numbers: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  numbers.forEach((n, at) => {
    const run = runs.at(-1);
    const isNear =
      run !== undefined &&
      n - (numbers[run[1]] as number) <= NEAR &&
      n - (numbers[run[0]] as number) <= LONGEST_RUN;
    if (isNear) run[1] = at;
    else runs.push([at, at]);
  });
  return runs;
}

/** Packets further apart than these are read one by one. */
const NEAR = 64;

/** More packets than these are not read for one page. */
const LONGEST_RUN = 4096;

function fillRows(
  fill: (at: number, columns: PcapColumns, row: number) => void,
  columns: PcapColumns,
  numbers: readonly number[],
  from: number,
  to: number,
): void {
  let at = from;
  for (let row = 0; row < columns.length && at <= to; row++) {
    const n = columns.n[row] as number;
    while (at <= to && (numbers[at] as number) < n) at++;
    if (at <= to && numbers[at] === n) fill(at, columns, row);
  }
}

/** Lets the messages that wait be answered. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
