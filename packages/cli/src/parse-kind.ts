import { streamConntrack } from '@tuplescope/conntrack-parser';
import type { CaptureKind } from '@tuplescope/incident';
import { streamNetfilterLog } from '@tuplescope/netfilter-log-parser';
import { streamNstat } from '@tuplescope/nstat-parser';
import { streamRuleset, streamSysctl } from '@tuplescope/ruleset-parser';
import type { StreamOptions } from '@tuplescope/scan';
import { streamSs } from '@tuplescope/ss-parser';
import { streamTcpdump } from '@tuplescope/tcpdump-parser';

/** How records are read. */
export interface RecordOptions extends StreamOptions {
  /** Hours east of UTC of time stamps that name no zone. */
  readonly utcOffsetHours: number;
}

type Chunks = AsyncIterable<Uint8Array>;

/** One of the kinds that `parse` takes. */
export interface ParseKind {
  /** What an input may be recognised as to be of this kind; null for anything that has records. */
  readonly accepts: readonly CaptureKind[] | null;
  /** The command whose output it is, where the output may be empty because nothing was there. */
  readonly listing?: string;
  /** Reads any bytes as this kind. */
  readonly stream?: (chunks: Chunks, options: RecordOptions) => AsyncIterable<unknown>;
}

/** The kinds, by the name that `parse` takes; `auto` recognises the input. */
export const PARSE_KINDS: Readonly<Record<string, ParseKind>> = {
  auto: { accepts: null },
  ss: { accepts: ['ss', 'ss-summary'], listing: 'ss', stream: streamSs },
  netstat: { accepts: ['ss'], listing: 'ss', stream: streamSs },
  conntrack: {
    accepts: ['conntrack', 'conntrack-statistics'],
    listing: 'conntrack -L',
    stream: (chunks, options) =>
      streamConntrack(chunks, { ...options, utcOffset: options.utcOffsetHours }),
  },
  nstat: { accepts: ['nstat'], stream: streamNstat },
  log: { accepts: ['log'], stream: streamNetfilterLog },
  tcpdump: { accepts: ['tcpdump'], stream: streamTcpdump },
  pcap: { accepts: [] },
  ruleset: { accepts: ['ruleset'], stream: streamRuleset },
  sysctl: { accepts: ['sysctl'], stream: streamSysctl },
};
