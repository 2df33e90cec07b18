import {
  type Conversation,
  type ConversationPacket,
  type Conversations,
  NO_CONVERSATION,
  type NatEntry,
  type Sighting,
  stitch,
} from '@tuplescope/conversation';
import {
  capturesOf,
  type Incident,
  type PacketCapture,
  type PacketSegment,
  packetCapturesOf,
  placeOf,
} from '@tuplescope/incident';
import { ACK, parseTcpFlags, SYN } from '@tuplescope/net';
import { fullTuple } from './entries.ts';
import type { Evidence } from './finding.ts';
import { once } from './once.ts';
import { timeOfSegment } from './times.ts';
import { type TroubledConnect, troubledConnects } from './troubled-connects.ts';

const DAY = 86_400;

/** All packets of an incident, put together by the connections that they belong to. */
export interface IncidentPackets {
  readonly conversations: Conversations;
  /** Gives what one capture shows of a packet: its header in full. */
  segmentOf(sighting: Sighting): PacketSegment;
  /** Points at a packet where it was seen first. */
  evidenceOf(packet: ConversationPacket, says: string): Evidence;
  /** Seconds since the epoch of a capture's first packet, by its number; null without times. */
  startOf(captureIndex: number): number | null;
  /** Whether one capture has the SYN of a conversation more than once: sent again, or seen twice. */
  hasSynAgain(conversation: number): boolean;
  /** The connects that met something, put together when first asked for. */
  readonly troubled: () => readonly TroubledConnect[];
}

/** Puts the packets of all captures together, with what rules and conntrack know of translations. */
export function incidentPackets(incident: Incident): IncidentPackets {
  const captures = packetCapturesOf(incident.captures);
  const about = timeAbout(incident, captures);
  const offsets = captures.map((capture) => midnightFor(capture, about));
  const conversations = stitch(
    captures.map((capture, i) => ({
      name: capture.path,
      clockOffset: offsets[i] as number,
      segments: capture.content.table,
    })),
    {
      entries: translatingEntries(incident, captures),
      interceptionPorts: incident.interception.map(({ port }) => port),
    },
  );
  const segmentOf = ({ captureIndex, row }: Sighting): PacketSegment =>
    (captures[captureIndex] as PacketCapture).content.table.at(row);
  const synAgain = once(() => conversationsWithSynAgain(captures, conversations));
  const packets: IncidentPackets = {
    conversations,
    segmentOf,
    evidenceOf({ sightings }, says) {
      const first = sightings[0] as Sighting;
      const { source, n } = segmentOf(first);
      const capture = captures[first.captureIndex] as PacketCapture;
      return { ...placeOf(capture, source), packet: n, says };
    },
    startOf(captureIndex) {
      const { table } = (captures[captureIndex] as PacketCapture).content;
      const at = table.length === 0 ? null : timeOfSegment(table.at(0));
      return at === null ? null : at + (offsets[captureIndex] as number);
    },
    hasSynAgain: (conversation) => synAgain()[conversation] === 1,
    troubled: once(() => troubledConnects(incident, packets)),
  };
  return packets;
}

/**
 * Says whether a connection was sent to a proxy of the same pod: what collides there is a matter of
 * the families of interception ports.
 */
export function isIntercepted(
  { translated, server }: Conversation,
  { interception }: Incident,
): boolean {
  return interception.some(({ port }) => port === server.port || port === translated?.server.port);
}

/** When the incident was, by the first capture or snapshot that has a date. */
function timeAbout({ snapshots }: Incident, captures: readonly PacketCapture[]): number | null {
  for (const { content } of captures) {
    const at = content.table.length === 0 ? null : content.table.at(0).at;
    if (at !== null) return at;
  }
  return snapshots.find(({ at }) => at !== null)?.at ?? null;
}

/** The midnight that a time of day counts from: the one that brings it nearest to the incident. */
function midnightFor({ content: { table } }: PacketCapture, about: number | null): number {
  if (about === null || table.length === 0) return 0;
  const { at, timeOfDay }: PacketSegment = table.at(0);
  if (at !== null || timeOfDay === undefined) return 0;
  return Math.round((about - timeOfDay) / DAY) * DAY;
}

/** The entries that translate, of ports that the captures show: of a million others none is made. */
function* translatingEntries(
  incident: Incident,
  captures: readonly PacketCapture[],
): Generator<NatEntry> {
  const tables = capturesOf(incident.captures, 'conntrack').map(({ content }) => content.table);
  if (captures.length === 0 || tables.length === 0) return;
  const shown = portsIn(captures);
  for (const table of tables) {
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'origSrc');
      if (port === null || shown[port] !== 1 || table.protoAt(row) !== 'tcp') continue;
      const { orig: original, reply: answer } = table.at(row);
      const orig = fullTuple(original);
      const reply = fullTuple(answer);
      if (orig !== null && reply !== null) yield { orig, reply };
    }
  }
}

/** Marks the conversations whose bare SYN one capture has twice: 1 at their number. */
function conversationsWithSynAgain(
  captures: readonly PacketCapture[],
  conversations: Conversations,
): Uint8Array {
  const again = new Uint8Array(conversations.length);
  /** The capture that a conversation's SYN was seen in last, counted from 1. */
  const seenIn = new Uint32Array(conversations.length);
  for (const [index, { content }] of captures.entries()) {
    const ids = conversations.ids(index);
    let row = 0;
    for (const flags of flagsOf(content.table)) {
      const id = ids[row++] as number;
      if ((flags & (SYN | ACK)) !== SYN || id === NO_CONVERSATION) continue;
      if (seenIn[id] === index + 1) again[id] = 1;
      seenIn[id] = index + 1;
    }
  }
  return again;
}

function* flagsOf(table: PacketCapture['content']['table']): Generator<number> {
  if (!('columns' in table)) {
    for (const { flags } of table) yield parseTcpFlags(flags) ?? 0;
    return;
  }
  for (const { flags, length } of table.columns) {
    for (let row = 0; row < length; row++) yield flags[row] as number;
  }
}

function portsIn(captures: readonly PacketCapture[]): Uint8Array {
  const shown = new Uint8Array(65_536);
  for (const { content } of captures) {
    if (content.kind === 'tcpdump') {
      for (const { sport } of content.table) shown[sport] = 1;
      continue;
    }
    for (const { sport, length } of content.table.columns) {
      for (let row = 0; row < length; row++) shown[sport[row] as number] = 1;
    }
  }
  return shown;
}
