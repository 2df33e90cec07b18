import type { ArchiveLimits } from './archive-limits.ts';
import { Refusal } from './damage.ts';

/** Counts what an archive unpacks to, and refuses it where that is over a limit. */
export interface Meter {
  /** Counts bytes that were unpacked. */
  readonly bytes: (count: number) => void;
  /** Counts one more member. */
  readonly member: () => void;
}

/** What all the archives within each other have in common. */
export interface Work {
  bytes: number;
  members: number;
}

/** Makes the meter of one archive; what an archive within it unpacks to counts for both. */
export function makeMeter(limits: ArchiveLimits, packedBytes: number, work: Work): Meter {
  let unpacked = 0;
  return {
    bytes: (count) => {
      unpacked += count;
      work.bytes += count;
      if (work.bytes > limits.totalBytes) {
        throw new Refusal(`at most ${limits.totalBytes} bytes unpacked`, 'more');
      }
      if (unpacked > limits.freeBytes && unpacked > limits.ratio * packedBytes) {
        throw new Refusal(
          `at most ${limits.ratio} times as many bytes as it has packed`,
          `more: over ${unpacked} bytes out of ${packedBytes}`,
        );
      }
    },
    member: () => {
      if (++work.members > limits.members) {
        throw new Refusal(`at most ${limits.members} members`, 'more');
      }
    },
  };
}
