import { streamPcapColumns } from '@tuplescope/pcap-reader';
import type { FilterStatus, PacketFilter, PutVerdicts } from '../../protocol/packets.ts';
import { type NumberList, numberList } from './number-list.ts';
import { asksForHeaders, matcherOf, verdictMatcherOf } from './packet-filter.ts';

/** The packets that pass a filter, as they are found. */
export interface PacketSearch {
  readonly filter: PacketFilter;
  readonly matches: NumberList;
  readonly status: FilterStatus;
  /** Ends it before it is done. */
  stop(): void;
}

/** What is searched. */
export interface SearchedCapture {
  /** The file from its start, as long as it is wanted. */
  chunks(isStopped: () => boolean): AsyncIterable<Uint8Array>;
  readonly packets: number;
  readonly verdicts: PutVerdicts;
  /** The numbers of the connection that the filter names, ascending. */
  readonly connection: Uint32Array | null;
  /** The place of each packet in the list without a filter; null: as in the file. */
  readonly places: Uint32Array | null;
}

/** Packets of which the verdicts are looked at without a pause. */
const STRETCH = 1_000_000;

/** Looks for the packets that pass a filter; reads the file only where headers are asked for. */
export function searchPackets(filter: PacketFilter, capture: SearchedCapture): PacketSearch {
  const matches = numberList();
  let isComplete = false;
  let isStopped = false;

  const run = async (): Promise<void> => {
    const { connection } = capture;
    const isMember = connection === null ? null : membersOf(connection);
    const hasVerdict = verdictMatcherOf(filter, capture.verdicts);
    const isWanted = (n: number): boolean => (isMember?.(n) ?? true) && hasVerdict(n);
    if (filter.connection !== null && connection === null) return;
    if (!asksForHeaders(filter)) {
      for (let n = 1; n <= capture.packets && !isStopped; n++) {
        if (isWanted(n)) matches.push(n);
        if (n % STRETCH === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return;
    }
    const hasHeaders = matcherOf(filter);
    for await (const columns of streamPcapColumns(
      capture.chunks(() => isStopped),
      { all: true },
    )) {
      if (isStopped) return;
      for (let row = 0; row < columns.length; row++) {
        const n = columns.n[row] as number;
        if (hasHeaders(columns, row) && isWanted(n)) matches.push(n);
      }
    }
  };

  void run()
    .catch(() => undefined)
    .then(() => {
      const { places } = capture;
      if (places !== null) {
        matches.sort((a, b) => (places[a - 1] as number) - (places[b - 1] as number));
      }
      isComplete = true;
    });

  return {
    filter,
    matches,
    get status() {
      return { matches: matches.length, isComplete };
    },
    stop: () => {
      isStopped = true;
    },
  };
}

/** Says of numbers that are asked about in ascending order whether they are among these. */
function membersOf(numbers: Uint32Array): (n: number) => boolean {
  let at = 0;
  return (n) => {
    while (at < numbers.length && (numbers[at] as number) < n) at++;
    return numbers[at] === n;
  };
}
