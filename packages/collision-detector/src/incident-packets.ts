import {
  type Conversation,
  type ConversationPacket,
  type Conversations,
  type Sighting,
  stitch,
} from '@tuplescope/conversation';
import {
  type Incident,
  type PacketCapture,
  type PacketSegment,
  packetCapturesOf,
  placeOf,
} from '@tuplescope/incident';
import { isLoopback } from '@tuplescope/net';
import type { Evidence } from './finding.ts';
import { once } from './once.ts';
import { smoothConnects } from './smooth-connects.ts';
import { timeOfSegment } from './times.ts';
import { translatingEntries } from './translating-entries.ts';

const DAY = 86_400;

/** All packets of an incident, put together by the connections that they belong to. */
export interface IncidentPackets {
  readonly conversations: Conversations;
  /** Gives what one capture shows of a packet: its header in full. */
  segmentOf(sighting: Sighting): PacketSegment;
  /** Points at a packet where it was seen first; at a line of text where one shows the same. */
  evidenceOf(packet: ConversationPacket, says: string): Evidence;
  /** Seconds since the epoch of a capture's first packet, by its number; null without times. */
  startOf(captureIndex: number): number | null;
  /** Whether a conversation connected at its first SYN, or began before the captures. */
  isSmooth(conversation: number): boolean;
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
  const smooth = once(() => smoothConnects(captures, conversations));
  return {
    conversations,
    segmentOf,
    evidenceOf({ sightings }, says) {
      const shown = mostReadable(sightings, captures);
      const { source, n } = segmentOf(shown);
      const capture = captures[shown.captureIndex] as PacketCapture;
      return { ...placeOf(capture, source), packet: n, says };
    },
    startOf(captureIndex) {
      const { table } = (captures[captureIndex] as PacketCapture).content;
      const at = table.length === 0 ? null : timeOfSegment(table.at(0));
      return at === null ? null : at + (offsets[captureIndex] as number);
    },
    isSmooth: (conversation) => smooth()(conversation),
  };
}

/**
 * Says whether a connection was sent to a proxy of the same pod, by its port or because it goes to
 * loopback: what collides there is a matter of the families of interception ports.
 */
export function isIntercepted(
  { translated, server }: Conversation,
  { interception }: Incident,
): boolean {
  const ends = translated === null ? [server] : [server, translated.server];
  return ends.some(
    ({ address, port }) => isLoopback(address) || interception.some((point) => point.port === port),
  );
}

/** Of what was seen first, and of its print in a text, the text: a reader can be shown its line. */
function mostReadable(
  sightings: readonly Sighting[],
  captures: readonly PacketCapture[],
): Sighting {
  const first = sightings[0] as Sighting;
  const print = sightings.find(
    ({ captureIndex, translated }) =>
      translated === first.translated && captures[captureIndex]?.content.kind === 'tcpdump',
  );
  return print ?? first;
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
