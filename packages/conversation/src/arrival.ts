/** A packet that needs a careful look: one object, filled again for each. */
export interface Arrival {
  flow: number;
  /** 1 where the source is the second end of the flow, else 0. */
  side: number;
  flags: number;
  seq: number;
  ack: number;
  len: number;
  /** IPv4 identification, 0 where it is not known. */
  ipId: number;
  /** Where it was captured: number of the capture and of the interface. */
  point: number;
  /** Bits of the column `doubts`; `LACKS_ACK` also where there is no ACK. */
  doubts: number;
  /** Seconds of the tracker, NaN without. */
  at: number;
}

/** Makes the packet that is none yet. */
export function newArrival(): Arrival {
  return {
    flow: 0,
    side: 0,
    flags: 0,
    seq: 0,
    ack: 0,
    len: 0,
    ipId: 0,
    point: 0,
    doubts: 0,
    at: Number.NaN,
  };
}
