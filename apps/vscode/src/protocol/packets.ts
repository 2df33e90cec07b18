import type { HandsOver } from './channel.ts';
import type { ExplainedPacket, ExplainedRows } from './explanations.ts';

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
  /** What is damaged, in sentences. */
  readonly problems: readonly string[];
  /** Why nothing can be shown, or null. */
  readonly failure: string | null;
  /** What the filter lets through so far; null where there is none. */
  readonly filter: FilterStatus | null;
}

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
  filterPackets(filter: PacketFilter | null): CaptureStatus;
  packetPage(wanted: { first: number; count: number }): PacketPage;
  /** Gives a packet by its number, or null where there is none. */
  packetDetail(n: number): PacketDetail | null;
}

/** What the page that shows packets asks its host. */
export interface PacketViewHost {
  /** Says that the page is there; gives what it needs to begin. */
  ready(): { status: CaptureStatus; texts: PacketTexts };
  page(wanted: { first: number; count: number }): PacketPage;
  detail(n: number): PacketDetail | null;
  filter(filter: PacketFilter | null): CaptureStatus;
  copy(text: string): void;
  /** Says what the kernel in use does with some packets; null where nothing can be said. */
  explain(numbers: Uint32Array): ExplainedRows | null;
  explanation(n: number): ExplainedPacket | null;
}

/** By which kernel packets are explained, in words; and why they are not, or null. */
export interface ExplainedBy {
  readonly kernel: string;
  readonly problem: string | null;
}

/** What the host tells the page that shows packets. */
export interface PacketView {
  status(status: CaptureStatus): void;
  /** Says that packets are explained, or by another kernel than before; or why they are not. */
  explained(by: ExplainedBy): void;
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
  | 'empty'
  | 'nothing'
  | 'timeFormat'
  | 'sinceFirst'
  | 'timeOfDay'
  | 'dateTime'
  | 'fields'
  | 'bytes'
  | 'conversation'
  | 'copyRow'
  | 'verdict'
  | 'says'
  | 'unexpected'
  | 'rule'
  | 'entryBefore'
  | 'entryAfter'
  | 'kernelLog'
  | 'commits'
  | 'none'
  | 'ladder'
  | 'detail';
