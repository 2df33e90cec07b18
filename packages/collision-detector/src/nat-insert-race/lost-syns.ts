import type { ConversationPacket } from '@tuplescope/conversation';
import type { Tuple } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { Evidence } from '../finding.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import type { TroubledConnect } from '../troubled-connects.ts';

/** The first timeout of a SYN is 1 s; a bit less by the clock of a capture. */
const LEAST_SECONDS = 0.9;

/** A SYN that came to a translation and did not leave it, while the next one did. */
export interface LostSyn {
  /** The client's tuple before translation. */
  readonly client: Tuple;
  /** Seconds until it was sent again. */
  readonly seconds: number;
  readonly isConnected: boolean;
  readonly evidence: readonly Evidence[];
}

/**
 * Finds connects whose source is translated and whose first SYN was captured before the translation
 * alone, though the capture behind it was running, and whose next SYN was captured on both sides.
 */
export function findLostSyns({ packets, troubled }: DetectionContext): LostSyn[] {
  return troubled().flatMap((connect) => lostSyn(connect, packets()) ?? []);
}

function lostSyn(
  { conversation, packets: all }: TroubledConnect,
  packets: IncidentPackets,
): LostSyn | null {
  const { client, server, translated, state } = conversation;
  const [first] = all;
  if (translated === null || first === undefined || first.at === null) return null;
  const isSourceTranslated =
    translated.client.address !== client.address || translated.client.port !== client.port;
  if (!isSourceTranslated || first.flags !== 'S' || hasLeft(first)) return null;
  const again = all.find(({ flags }, i) => i > 0 && flags === 'S');
  if (again?.at == null || again.at - first.at < LEAST_SECONDS || !hasBoth(again)) return null;
  if (!wasWatched(first.at, again, packets)) return null;
  const seconds = again.at - first.at;
  return {
    client: { src: client.address, sport: client.port, dst: server.address, dport: server.port },
    seconds,
    isConnected: state === 'connected',
    evidence: [
      packets.evidenceOf(first, 'This SYN came to the translation; no capture shows it behind.'),
      packets.evidenceOf(again, `The same SYN ${seconds.toFixed(2)} s later, which went through.`),
    ],
  };
}

function hasLeft({ sightings }: ConversationPacket): boolean {
  return sightings.some(({ translated }) => translated);
}

function hasBoth({ sightings }: ConversationPacket): boolean {
  return new Set(sightings.map(({ translated }) => translated)).size === 2;
}

/** The capture that shows the next SYN behind the translation had begun before the first. */
function wasWatched(
  at: number,
  { sightings }: ConversationPacket,
  { startOf }: IncidentPackets,
): boolean {
  return sightings.some(({ translated, captureIndex }) => {
    const start = translated ? startOf(captureIndex) : null;
    return start !== null && start < at;
  });
}
