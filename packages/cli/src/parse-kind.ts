import { streamConntrack } from '@tuplescope/conntrack-parser';
import type { CaptureKind } from '@tuplescope/incident';
import { streamNetfilterLog } from '@tuplescope/netfilter-log-parser';
import { streamNstat } from '@tuplescope/nstat-parser';
import { streamPcap } from '@tuplescope/pcap-reader';
import { streamRuleset, streamSysctl } from '@tuplescope/ruleset-parser';
import type { StreamOptions } from '@tuplescope/scan';
import { streamSs } from '@tuplescope/ss-parser';
import { streamTcpdump } from '@tuplescope/tcpdump-parser';

/** How records are read. */
export interface RecordOptions extends StreamOptions {
  /** Hours east of UTC of time stamps that name no zone. */
  readonly utcOffsetHours: number;
  /** Of a .pcap, the packets that are not TCP too. */
  readonly all: boolean;
}

type Chunks = AsyncIterable<Uint8Array>;

/** One of the kinds that `parse` takes. */
export interface ParseKind {
  /** What an input may be recognised as to be of this kind; null for anything that has records. */
  readonly accepts: readonly CaptureKind[] | null;
  /** Commands whose output this is: they tell what the text does not (nothing, or one number). */
  readonly commands?: readonly string[];
  /** Reads any bytes as this kind. */
  readonly stream?: (chunks: Chunks, options: RecordOptions) => AsyncIterable<unknown>;
}

/** The kinds, by the name that `parse` takes; `auto` recognises the input. */
export const PARSE_KINDS: Readonly<Record<string, ParseKind>> = {
  auto: { accepts: null },
  ss: { accepts: ['ss', 'ss-summary'], commands: ['ss'], stream: streamSs },
  netstat: { accepts: ['ss'], commands: ['ss'], stream: streamSs },
  conntrack: {
    accepts: ['conntrack', 'conntrack-statistics'],
    commands: ['conntrack -L', 'conntrack -C'],
    stream: streamConntrack,
  },
  nstat: { accepts: ['nstat'], stream: streamNstat },
  log: { accepts: ['log'], stream: streamNetfilterLog },
  tcpdump: { accepts: ['tcpdump'], stream: streamTcpdump },
  pcap: { accepts: ['pcap'], stream: streamPcap },
  ruleset: { accepts: ['ruleset'], stream: streamRuleset },
  sysctl: { accepts: ['sysctl'], stream: streamSysctl },
};
