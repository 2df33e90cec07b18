import type { Diagnostic } from '@tuplescope/scan';
import { AddressTable } from './address-table.ts';
import { toDiagnostic } from './damage.ts';
import { type Layers, newLayers } from './layers.ts';
import { OtherPackets } from './other-packets.ts';
import type { PcapPosition } from './pcap-index.ts';
import { newWalk, resumeAt, setWindow, type Walk } from './walk.ts';

/** How captures are read. */
export interface PcapOptions {
  /** Look inside IP-in-IP, GRE, VXLAN and Geneve: the record is the innermost segment. Default false. */
  readonly tunnels?: boolean;
  /** Give packets that are not TCP too, with `proto`. Default false. */
  readonly all?: boolean;
}

/** All that is remembered from one end of a file to the other. */
export interface PcapRun {
  readonly walk: Walk;
  readonly layers: Layers;
  readonly addresses: AddressTable;
  readonly others: OtherPackets;
  /** Segments inside tunnels are looked for. */
  readonly tunnels: boolean;
  /** Packets that are not TCP get a row too. */
  readonly all: boolean;
}

/** Begins to read a file. */
export function newRun({ tunnels = false, all = false }: PcapOptions): PcapRun {
  return {
    walk: newWalk(),
    layers: newLayers(),
    addresses: new AddressTable(),
    others: new OtherPackets(),
    tunnels,
    all,
  };
}

/** Shows a run the bytes of a part of a file, from a position that an index gave. */
export function beginAt(
  { walk }: PcapRun,
  bytes: Uint8Array,
  { offset, end, n, context }: PcapPosition,
): void {
  resumeAt(walk, context, n);
  setWindow(walk, bytes.subarray(0, Math.max(0, end - offset)), offset, 0, true);
}

/** Gives what can be said at the end of a file only. */
export function endOfRun({ walk, others }: PcapRun): readonly Diagnostic[] {
  const counts = walk.damage.counts(walk.base + walk.at);
  return [...counts, ...others.report().map(toDiagnostic)];
}
