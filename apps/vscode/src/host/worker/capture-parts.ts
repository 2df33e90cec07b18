import { type PcapColumns, PcapIndex, streamPcapColumns, TCP } from '@tuplescope/pcap-reader';
import { type ByteSource, passingChunksOf } from './byte-source.ts';
import type { RowGatherer } from './gather-rows.ts';
import type { Pause } from './pause.ts';
import { type PortGroups, portGroups } from './port-groups.ts';

/** A capture file, looked through: its packets in parts, each of which can be judged apart. */
export interface CaptureParts {
  readonly index: PcapIndex;
  /** TCP packets of all parts. */
  readonly rows: number;
  readonly parts: number;
  /** Reads the packets of a part into rows; of a connection that is too long its first ones. */
  gather(part: number, into: RowGatherer): Promise<void>;
}

/** How large parts are. */
export interface PartLimits {
  /** Packets that are put together to a part, at about 100 bytes each. */
  readonly rows: number;
  /** Packets of one connection, which is never parted: more of them are not looked at. */
  readonly ofOne: number;
}

const LIMITS: PartLimits = { rows: 128 << 10, ofOne: 256 << 10 };

/** Looks through a capture file: twice where it has to be parted. */
export async function lookThrough(
  source: ByteSource,
  pause: Pause,
  limits: PartLimits = LIMITS,
): Promise<CaptureParts> {
  const index = new PcapIndex();
  const groups = portGroups();
  let rows = 0;
  for await (const columns of columnsOf(source, pause, index)) {
    groups.survey(columns);
    for (let row = 0; row < columns.length; row++) if (columns.kind[row] === TCP) rows++;
  }
  index.finish();
  if (rows > limits.rows) {
    for await (const columns of columnsOf(source, pause)) groups.group(columns);
  }
  const { partOf, parts } = partsOf(groups.sizes(), limits.rows);
  return {
    index,
    rows,
    parts,
    gather: async (part, into) => {
      const isTaken = limiter(groups, limits);
      for await (const columns of columnsOf(source, pause)) {
        for (let row = 0; row < columns.length; row++) {
          if (columns.kind[row] !== TCP) continue;
          const group = groups.groupOf(columns.sport[row] as number, columns.dport[row] as number);
          if (parts > 1 && partOf[group] !== part) continue;
          if (isTaken(group, columns, row)) into.add(columns, row);
        }
      }
    },
  };
}

/** Puts groups together until a part is full; a group is never divided. */
function partsOf(
  sizes: Uint32Array,
  most: number,
): { readonly partOf: Uint16Array; readonly parts: number } {
  const partOf = new Uint16Array(sizes.length);
  let part = 0;
  let filled = 0;
  for (const [group, size] of sizes.entries()) {
    if (filled > 0 && filled + Math.min(size, most) > most) {
      part++;
      filled = 0;
    }
    partOf[group] = part;
    filled += Math.min(size, most);
  }
  return { partOf, parts: part + 1 };
}

/**
 * Says packet by packet whether a group still takes it. A verdict hangs on all packets before, so once
 * one connection of a group is too long, the group ends there.
 */
function limiter(
  groups: PortGroups,
  { rows, ofOne }: PartLimits,
): (group: number, columns: PcapColumns, row: number) => boolean {
  const sizes = groups.sizes();
  const most = Math.max(rows, ofOne);
  const taken = new Uint32Array(sizes.length);
  const ended = new Set<number>();
  const flows = new Map<string, number>();
  return (group, columns, row) => {
    if (ended.has(group)) return false;
    const size = (taken[group] as number) + 1;
    taken[group] = size;
    if (size > most) ended.add(group);
    if ((sizes[group] as number) > ofOne) {
      const key = flowKey(columns, row);
      const length = (flows.get(key) ?? 0) + 1;
      flows.set(key, length);
      if (length > ofOne) ended.add(group);
    }
    return !ended.has(group);
  };
}

/** The same for both directions. */
function flowKey({ src, dst, sport, dport }: PcapColumns, row: number): string {
  const from = `${src[row]}:${sport[row]}`;
  const to = `${dst[row]}:${dport[row]}`;
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

async function* columnsOf(
  source: ByteSource,
  pause: Pause,
  index?: PcapIndex,
): AsyncGenerator<PcapColumns> {
  yield* streamPcapColumns(indexed(source, pause, index), { all: true });
}

async function* indexed(
  source: ByteSource,
  pause: Pause,
  index?: PcapIndex,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of passingChunksOf(source, pause)) {
    index?.append(chunk);
    yield chunk;
  }
}
