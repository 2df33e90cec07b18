import type { HandsOver } from './channel.ts';
import type { ConnectionFormat, ExplainedPacket } from './explanations.ts';
import type { WhatIf, WhatIfWanted } from './what-if.ts';

/** How far a capture file is read. */
export interface CaptureStatus {
  /** Packets found so far. */
  readonly packets: number;
  /** Bytes read so far, and how many there are. */
  readonly read: number;
  readonly size: number;
  readonly isComplete: boolean;
  /** Time of the first packet, seconds since the epoch; null where there is none. */
  readonly firstAt: number | null;
  readonly order: PacketOrder;
  /** What is damaged, in sentences. */
  readonly problems: readonly string[];
  /** Why nothing can be shown, or null. */
  readonly failure: string | null;
  /** What the filter lets through so far; null where there is none. */
  readonly filter: FilterStatus | null;
}

/**
 * The order of the rows: that of the file, which is that of time as far as it is read; that of time,
 * for a file where times run backwards; or that of such a file, which is too long to be sorted.
 */
export type PacketOrder = 'as-captured' | 'by-time' | 'unsorted';

/** How far a capture is filtered. */
export interface FilterStatus {
  readonly matches: number;
  readonly isComplete: boolean;
}

/** Rows of the list as columns: row `i` of every array is the `i`th row from `first` on. */
export interface PacketPage extends HandsOver {
  /** Number of the first row, from 0: in the file, or in what the filter lets through. */
  readonly first: number;
  readonly length: number;
  /** Number of the packet in the file, from 1. */
  readonly n: Uint32Array;
  /** Seconds since the epoch; 0 where there is no time. */
  readonly seconds: Float64Array;
  readonly nanoseconds: Uint32Array;
  /** Source address, by its number in `texts`. */
  readonly src: Uint16Array;
  /** Destination address, likewise. */
  readonly dst: Uint16Array;
  readonly sport: Uint16Array;
  readonly dport: Uint16Array;
  /** TCP flags as letters, by their number in `texts`. */
  readonly flags: Uint16Array;
  readonly seq: Uint32Array;
  readonly ack: Uint32Array;
  readonly win: Uint16Array;
  /** Bytes of payload. */
  readonly payload: Uint32Array;
  /** What it is, where it is not TCP, by its number in `texts`; 0 is TCP. */
  readonly proto: Uint16Array;
  /** What conntrack says, as bytes of `verdict.ts`; 0 where nothing is known. */
  readonly verdict: Uint8Array;
  /** The same by the kernel that is compared with. */
  readonly otherVerdict: Uint8Array;
  /** Addresses, flags and protocols; the first is empty. */
  readonly texts: readonly string[];
}

/** A field of a packet's headers. */
export interface PacketField {
  readonly name: string;
  readonly value: string;
}

/** All that is shown of one packet. */
export interface PacketDetail extends HandsOver {
  readonly n: number;
  readonly fields: readonly PacketField[];
  /** The packet as captured, from the link header on. */
  readonly bytes: Uint8Array;
}

/** What to look for: packets that have all of it. */
export interface PacketFilter {
  /** Ports, each on either side. */
  readonly ports: readonly number[];
  /** Addresses, each on either side. */
  readonly addresses: readonly string[];
  /** Address and port of one side. */
  readonly ends: readonly { readonly address: string; readonly port: number }[];
  /** TCP flags that are all set, as bits. */
  readonly flags: number;
  /** Words of conntrack by their numbers in `CTSTATES`: one of them; empty is any. */
  readonly verdicts: readonly number[];
  /** Only what the kernel would have treated otherwise. */
  readonly unexpected: boolean;
  /** Only what the kernel that is compared with treats differently. */
  readonly differs: boolean;
  /** Only the connection of this packet, before and after translation; null is all. */
  readonly connection: number | null;
}

/** Verdicts of all packets by their numbers, the first at 0; null where they are not known. */
export interface PutVerdicts {
  readonly own: Uint8Array | null;
  readonly other: Uint8Array | null;
}

/** Which way to look for the next packet, and from which row on. */
export interface Step {
  readonly row: number;
  readonly isForward: boolean;
}

/** Where a worker finds a capture file: a name that it can open itself, or the content. */
export type CaptureSource =
  | { readonly path: string }
  | ({ readonly bytes: Uint8Array } & HandsOver);

/** What a worker that reads a capture file does. */
export interface PacketsApi {
  /** Begins to read a file, again from its start where it is open already. */
  openCapture(source: CaptureSource): CaptureStatus;
  captureStatus(): CaptureStatus;
  /** Filters by these conditions from now on, or shows all. */
  filterPackets(wanted: {
    filter: PacketFilter | null;
    /** The numbers of the packets of the connection that the filter names, ascending. */
    connection: Uint32Array | null;
  }): CaptureStatus;
  /** Takes what is said of the packets from now on. */
  putVerdicts(verdicts: PutVerdicts): CaptureStatus;
  /** Gives the next row that two kernels treat differently; null where there is none. */
  stepToDifference(step: Step): number | null;
  packetPage(wanted: { first: number; count: number }): PacketPage;
  /** Gives the row of a packet; null where it is not in the list. */
  rowOfPacket(n: number): number | null;
  /** Gives a packet by its number, or null where there is none. */
  packetDetail(n: number): PacketDetail | null;
  /** Holds up what looks at the whole file for a moment: somebody types. */
  pauseReading(): void;
}

/** What two kernels say of a packet, or of some; `other` is null where nothing is compared. */
export interface Compared<Told> {
  readonly own: Told | null;
  readonly other: Told | null;
}

/** How the time of a packet is written. */
export type TimeFormat = 'sinceFirst' | 'sinceShown' | 'timeOfDay' | 'dateTime';

/** What the page that shows packets asks its host. */
export interface PacketViewHost {
  /** Says that the page is there; gives what it needs to begin. */
  ready(): { status: CaptureStatus; texts: PacketTexts; format: TimeFormat };
  page(wanted: { first: number; count: number }): PacketPage;
  /** Gives the row of a packet; null where it is not in the list. */
  rowOf(n: number): number | null;
  detail(n: number): PacketDetail | null;
  filter(filter: PacketFilter | null): CaptureStatus;
  /** Copies packets as text: these rows of the list. */
  copy(text: string): void;
  /** Gives a sentence for each of some packets; null where nothing can be said. */
  explain(numbers: Uint32Array): Compared<readonly string[]>;
  explanation(n: number): Compared<ExplainedPacket>;
  step(step: Step): number | null;
  /** Lets the reader choose the kernel that explains, or the one that is compared with. */
  chooseKernel(which: 'own' | 'other'): void;
  whatIf(wanted: Omit<WhatIfWanted, 'profile'>): WhatIf | { readonly problem: string };
  /** Lets the reader choose where to, and writes the connection of a packet there. */
  exportConnection(wanted: { n: number; format: ConnectionFormat }): void;
}

/** By which kernel packets are explained, in words. */
export interface ExplainedBy {
  readonly kernel: string;
  /** The kernel that is compared with, or null. */
  readonly other: string | null;
  /** Packets are being judged: how many in a hundred are done; null once all are. */
  readonly percent: number | null;
  /** What is not explained, and why, in sentences. */
  readonly notes: readonly string[];
}

/** What the host tells the page that shows packets. */
export interface PacketView {
  status(status: CaptureStatus): void;
  /** Says how far packets are judged, and by which kernels. */
  explained(by: ExplainedBy): void;
  /** Says that other verdicts and sentences are there than before. */
  judged(): void;
  /** Selects a packet by its number. */
  reveal(n: number): void;
}

/** The words of the page, in the editor's language. */
export type PacketTexts = Readonly<Record<PacketText, string>>;

/** The names of the page's words. */
export type PacketText =
  | 'number'
  | 'time'
  | 'source'
  | 'destination'
  | 'flags'
  | 'sequence'
  | 'acknowledgement'
  | 'window'
  | 'length'
  | 'packets'
  | 'filter'
  | 'filterHint'
  | 'filterWrong'
  | 'shown'
  | 'total'
  | 'reading'
  | 'judging'
  | 'empty'
  | 'nothing'
  | 'timeFormat'
  | 'unsorted'
  | 'sinceFirst'
  | 'sinceShown'
  | 'timeOfDay'
  | 'dateTime'
  | 'fields'
  | 'bytes'
  | 'conversation'
  | 'copyRow'
  | 'exportConnection'
  | 'exportText'
  | 'exportNdjson'
  | 'exportSvg'
  | 'verdict'
  | 'otherVerdict'
  | 'says'
  | 'unexpected'
  | 'differs'
  | 'otherSays'
  | 'rule'
  | 'entryBefore'
  | 'entryAfter'
  | 'kernelLog'
  | 'commits'
  | 'none'
  | 'ladder'
  | 'detail'
  | 'byKernel'
  | 'kernel'
  | 'compare'
  | 'compareNone'
  | 'previousDifference'
  | 'nextDifference'
  | 'noDifference'
  | 'whatIf'
  | 'whatIfPort'
  | 'whatIfMitigation'
  | 'whatIfAsItIs'
  | 'whatIfReset'
  | 'whatIfConnected'
  | 'whatIfTimedOut'
  | 'whatIfRefused'
  | 'whatIfAhead'
  | 'whatIfBehind'
  | 'whatIfAssumed'
  | 'whatIfMore'
  | 'whatIfCaptured'
  | 'whatIfSimulated'
  | 'whatIfNoSysctl'
  | 'app'
  | 'proxy'
  | 'peer'
  | 'conntrack'
  | 'dropped'
  | 'missing';
