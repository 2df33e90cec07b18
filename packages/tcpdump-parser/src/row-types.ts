import type { ColumnType } from '@tuplescope/scan';

/** The columns that each row has a cell in. */
export interface RowTypes extends Record<string, ColumnType> {
  readonly n: ColumnType<Uint32Array>;
  readonly line: ColumnType<Uint32Array>;
  readonly start: ColumnType<Float64Array>;
  readonly length: ColumnType<Uint32Array>;
  readonly seconds: ColumnType<Float64Array>;
  readonly clock: ColumnType<Uint8Array>;
  readonly interfaceId: ColumnType<Uint32Array>;
  readonly sport: ColumnType<Uint16Array>;
  readonly dport: ColumnType<Uint16Array>;
  readonly has: ColumnType<Uint32Array>;
  readonly flags: ColumnType<Uint16Array>;
  readonly seq: ColumnType<Uint32Array>;
  readonly ack: ColumnType<Uint32Array>;
  readonly absoluteSeq: ColumnType<Uint32Array>;
  readonly absoluteAck: ColumnType<Uint32Array>;
  readonly win: ColumnType<Uint16Array>;
  readonly len: ColumnType<Uint32Array>;
  readonly ipId: ColumnType<Uint16Array>;
  readonly ttl: ColumnType<Uint8Array>;
  readonly tos: ColumnType<Uint8Array>;
  readonly ipLength: ColumnType<Uint32Array>;
  readonly checksum: ColumnType<Uint16Array>;
  readonly expectedChecksum: ColumnType<Uint16Array>;
  readonly mss: ColumnType<Uint16Array>;
  readonly wscale: ColumnType<Uint8Array>;
  readonly tsValue: ColumnType<Uint32Array>;
  readonly tsEcho: ColumnType<Uint32Array>;
}

/** How each of them is made. */
export const ROW_TYPES: RowTypes = {
  n: Uint32Array,
  line: Uint32Array,
  start: Float64Array,
  length: Uint32Array,
  seconds: Float64Array,
  clock: Uint8Array,
  interfaceId: Uint32Array,
  sport: Uint16Array,
  dport: Uint16Array,
  has: Uint32Array,
  flags: Uint16Array,
  seq: Uint32Array,
  ack: Uint32Array,
  absoluteSeq: Uint32Array,
  absoluteAck: Uint32Array,
  win: Uint16Array,
  len: Uint32Array,
  ipId: Uint16Array,
  ttl: Uint8Array,
  tos: Uint8Array,
  ipLength: Uint32Array,
  checksum: Uint16Array,
  expectedChecksum: Uint16Array,
  mss: Uint16Array,
  wscale: Uint8Array,
  tsValue: Uint32Array,
  tsEcho: Uint32Array,
};
