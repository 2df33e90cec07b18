import type { PcapColumns } from './pcap-columns.ts';

/** An array of one number a row. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The name of an array of {@link PcapColumns}. */
export type ColumnName = Exclude<
  {
    [Name in keyof PcapColumns]: PcapColumns[Name] extends Column ? Name : never;
  }[keyof PcapColumns],
  'bytes'
>;

/** The names of the arrays of {@link PcapColumns}. */
export const COLUMN_NAMES: readonly ColumnName[] = [
  'n',
  'seconds',
  'nanoseconds',
  'family',
  'src',
  'dst',
  'sport',
  'dport',
  'seq',
  'ack',
  'win',
  'flags',
  'payload',
  'ipId',
  'ttl',
  'interfaceNumber',
  'bits',
  'kind',
  'offset',
  'recordLength',
  'dataStart',
  'ipStart',
  'tcpStart',
  'optionsLength',
];
