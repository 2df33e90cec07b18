import { looksLikePcap, type PcapColumns, PcapIndex } from '@tuplescope/pcap-reader';
import type {
  CaptureStatus,
  PacketDetail,
  PacketFilter,
  PacketOrder,
  PacketPage,
  PutVerdicts,
  Step,
} from '../../protocol/packets.ts';
import { differs } from '../../protocol/verdict.ts';
import { type ByteSource, passingChunksOf } from './byte-source.ts';
import { packetFields } from './packet-fields.ts';
import { asksForHeaders, asksForVerdicts } from './packet-filter.ts';
import { draftPage } from './packet-page.ts';
import { type PacketSearch, searchPackets } from './packet-search.ts';
import { createPause, type Pause } from './pause.ts';
import { readNumbers, readPacket } from './read-numbers.ts';
import { timeOrder } from './time-order.ts';

/** A capture file that is being read. */
export interface PacketSession {
  status(): CaptureStatus;
  /** Filters from now on, or shows all. */
  filter(filter: PacketFilter | null, connection: Uint32Array | null): CaptureStatus;
  /** Takes what is said of the packets from now on. */
  judge(verdicts: PutVerdicts): CaptureStatus;
  /** Gives the next row that two kernels treat differently; null where there is none. */
  step(step: Step): number | null;
  /** Gives the row of a packet; null where it is not in the list. */
  rowOf(n: number): number | null;
  page(wanted: { first: number; count: number }): Promise<PacketPage>;
  detail(n: number): Promise<PacketDetail | null>;
  /** Ends all work, and closes the file. */
  close(): Promise<void>;
}

/** A page is for a screen, however much is asked for. */
const MOST_ROWS = 1024;

/** To sort more packets would hold up their reader for seconds. */
const MOST_SORTED = 2_000_000;

/**
 * Begins to read a capture file: it is indexed piece by piece, and each packet that is indexed can be
 * asked for at once. Of the file nothing but the index is kept.
 *
 * @param pause holds up what looks at the whole file.
 */
export function openPackets(source: ByteSource, pause: Pause = createPause()): PacketSession {
  const index = new PcapIndex();
  const state = { size: 0, isComplete: false, failure: null as string | null };
  let firstAt: number | null = null;
  let isClosed = false;
  let search: PacketSearch | null = null;
  let connection: Uint32Array | null = null;
  let verdicts: PutVerdicts = { own: null, other: null };
  /** Where times run backwards: the packets in the order of time, and the place of each. */
  let sorted: { order: Uint32Array; places: Uint32Array } | null = null;

  /** Lets the messages that wait be answered between two pieces. */
  async function* chunks(isStopped: () => boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of passingChunksOf(source, pause)) {
      if (isStopped() || isClosed) return;
      yield chunk;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  const read = async (): Promise<void> => {
    state.size = await source.size();
    const head = await source.read(0, 64);
    if (head.length > 0 && !looksLikePcap(head)) {
      state.failure = 'not-a-capture';
      return;
    }
    for await (const chunk of chunks(() => false)) {
      index.append(chunk);
      if (firstAt === null && index.packets > 0) firstAt = await timeOfFirst();
    }
    index.finish();
    if (!index.isInOrder && index.packets <= MOST_SORTED) await sort();
  };

  const sort = async (): Promise<void> => {
    const order = await timeOrder(
      chunks(() => false),
      index.packets,
    );
    const places = new Uint32Array(order.length);
    for (const [place, n] of order.entries()) places[n - 1] = place;
    firstAt = await timeOfFirst(order[0]);
    sorted = { order, places };
  };

  const timeOfFirst = async (n = 1): Promise<number | null> => {
    const found = await readPacket(source, index, n);
    if (found === null) return null;
    const { columns, row } = found;
    return (columns.seconds[row] as number) + (columns.nanoseconds[row] as number) / 1e9;
  };

  const rows = (): number => (search === null ? index.packets : search.matches.length);
  const numberOf = (row: number): number => {
    if (search !== null) return search.matches.at(row);
    return sorted?.order[row] ?? row + 1;
  };
  const orderNow = (): PacketOrder => {
    if (sorted !== null) return 'by-time';
    return index.isInOrder || !state.isComplete ? 'as-captured' : 'unsorted';
  };

  const restart = (filter: PacketFilter): void => {
    search?.stop();
    const { packets } = index;
    const places = sorted?.places ?? null;
    search = searchPackets(filter, { chunks, packets, verdicts, connection, places });
  };

  const status = (): CaptureStatus => ({
    packets: index.packets,
    read: index.offset,
    size: Math.max(state.size, index.offset),
    isComplete: state.isComplete,
    firstAt,
    order: orderNow(),
    problems: index.diagnostics.slice(0, 20).map(({ start, message }) => `${start}: ${message}`),
    failure: state.failure,
    filter: search === null ? null : search.status,
  });

  read()
    .catch((error: Error) => {
      state.failure = error.message;
    })
    .then(() => {
      state.isComplete = true;
      // What asks for no headers was looked for among the packets known then, and nothing was sorted.
      if (search === null) return;
      if (sorted !== null || !asksForHeaders(search.filter)) restart(search.filter);
    });

  return {
    status,
    filter: (wanted, members) => {
      search?.stop();
      search = null;
      connection = members;
      if (wanted !== null) restart(wanted);
      return status();
    },
    judge: (now) => {
      verdicts = now;
      if (search !== null && asksForVerdicts(search.filter)) restart(search.filter);
      return status();
    },
    step: ({ row, isForward }) => {
      const by = isForward ? 1 : -1;
      for (let at = row + by; at >= 0 && at < rows(); at += by) {
        const n = numberOf(at);
        if (differs(verdicts.own?.[n - 1], verdicts.other?.[n - 1])) return at;
      }
      return null;
    },
    rowOf: (n) => {
      if (n < 1 || n > index.packets) return null;
      if (search === null) return sorted?.places[n - 1] ?? n - 1;
      const row = search.matches.indexOf(n);
      return row < 0 ? null : row;
    },
    page: async ({ first, count }) => {
      const length = Math.max(0, Math.min(count, MOST_ROWS, rows() - first));
      const numbers = Array.from({ length }, (_, i) => numberOf(first + i));
      const draft = draftPage(first, length);
      for (const [at, n] of numbers.entries()) {
        draft.fillUnknown(at, n);
        draft.fillVerdicts(at, verdicts.own?.[n - 1] ?? 0, verdicts.other?.[n - 1] ?? 0);
      }
      // Read as they lie in the file.
      const places = [...numbers.keys()].sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
      const ascending = places.map((place) => numbers[place] as number);
      await readNumbers(source, index, ascending, (at, columns, row) =>
        draft.fill(places[at] as number, columns, row),
      );
      return draft.finish();
    },
    detail: async (n) => {
      if (index.find(n) === null) return null;
      const found = await readPacket(source, index, n);
      if (found === null) return { n, fields: [], bytes: new Uint8Array(), handsOver: [] };
      return detailOf(found.columns, found.row);
    },
    close: async () => {
      isClosed = true;
      search?.stop();
      await source.close();
    },
  };
}

function detailOf(columns: PcapColumns, row: number): PacketDetail {
  const start = (columns.offset[row] as number) - columns.base;
  const bytes = columns.bytes.slice(
    start + (columns.dataStart[row] as number),
    start + (columns.recordLength[row] as number),
  );
  const n = columns.n[row] as number;
  return { n, fields: packetFields(columns.at(row)), bytes, handsOver: [bytes.buffer] };
}
