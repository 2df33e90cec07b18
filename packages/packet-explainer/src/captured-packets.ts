import { type Conversations, stitch } from '@tuplescope/conversation';
import type { Incident } from '@tuplescope/incident';
import type { ExplainedCapture } from './capture-source.ts';
import { type Evidence, NO_EVIDENCE } from './evidence.ts';
import { incidentCaptures } from './incident-captures.ts';
import { incidentEvidence } from './incident-evidence.ts';

/** The packets of captures, put together to conversations, with what else is known. */
export interface CapturedPackets {
  readonly conversations: Conversations;
  /** The captures that the conversations were stitched from, in the same order. */
  readonly captures: readonly ExplainedCapture[];
  readonly evidence: Evidence;
}

/**
 * Puts the packets of captures together, to be explained.
 *
 * @example
 * const packets = readPackets([{ name: 'lo.pcap', clockOffset: 0, segments: parsePcap(bytes) }]);
 */
export function readPackets(
  captures: readonly ExplainedCapture[],
  evidence: Evidence = NO_EVIDENCE,
): CapturedPackets {
  const { entries, interceptionPorts } = evidence;
  return { conversations: stitch(captures, { entries, interceptionPorts }), captures, evidence };
}

/**
 * Puts the packets of an incident together, with what its listings, events, rules and sysctls tell of
 * them: capture files, and texts that are not just the print of one.
 *
 * @param ports of the files, packets from or to these alone; of millions of others nothing is made.
 * @example
 * const packets = readIncidentPackets(incident);
 * explainPackets(packets, { profile: '5.19.0' }).at(0).explanations[0].says
 * // 'The application asks for a connection to 172.21.206.198:7777, and the proxy accepts it.'
 */
export function readIncidentPackets(
  incident: Incident,
  ports: ReadonlySet<number> | null = null,
): CapturedPackets {
  const captures = incidentCaptures(incident, ports);
  return readPackets(captures, incidentEvidence(incident, captures));
}
