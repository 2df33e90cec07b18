/** What reading a capture from its file took, in a process of its own. */
export interface TrackedFile {
  readonly packets: number;
  readonly conversations: number;
  /** CPU seconds of each run, from opening the file to its last packet. */
  readonly seconds: readonly number[];
  /** Most bytes that the process had in memory. */
  readonly peak: number;
}

/** Bytes of a capture that are given at a time: they stay in a processor's cache. */
export const CHUNK: number = 256 << 10;
