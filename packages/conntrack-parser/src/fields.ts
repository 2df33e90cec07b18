/**
 * The numbers that some entries have, in the order in which `conntrack` and /proc print them: the
 * place here is the number of the column. Of texts, the column holds the number in the pool.
 */
export const FIELD = {
  at: 0,
  origPackets: 1,
  origBytes: 2,
  replyPackets: 3,
  replyBytes: 4,
  mark: 5,
  secctx: 6,
  zone: 7,
  deltaTime: 8,
  use: 9,
  id: 10,
  origZone: 11,
  replyZone: 12,
  secmark: 13,
  labels: 14,
  helper: 15,
  start: 16,
  stop: 17,
  portid: 18,
  progname: 19,
  /** The length of an entry that is {@link LONG} bytes or more. */
  longLength: 20,
} as const;

/** The name of a number or text that some entries have. */
export type Field = keyof typeof FIELD;

/** How many {@link FIELD}s there are. */
export const FIELDS: number = Object.keys(FIELD).length;

/** The length that means: see the field `longLength`. */
export const LONG = 0xffff;

/** The fields that each direction has one of. */
interface DirectedFields {
  readonly packets: Field;
  readonly bytes: Field;
  readonly zone: Field;
}

/** The fields that each direction has one of, by direction. */
export const DIRECTED: readonly [original: DirectedFields, reply: DirectedFields] = [
  { packets: 'origPackets', bytes: 'origBytes', zone: 'origZone' },
  { packets: 'replyPackets', bytes: 'replyBytes', zone: 'replyZone' },
];
