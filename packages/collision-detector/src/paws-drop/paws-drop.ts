import type { Incident } from '@tuplescope/incident';
import { type CounterCourse, nstatCourse } from '../counter-course.ts';
import type { DetectionContext } from '../detector.ts';
import type { Finding, State } from '../finding.ts';
import { dropConfidence } from './drop-confidence.ts';
import { dropEvidence } from './drop-evidence.ts';
import { dropMissing } from './drop-missing.ts';
import { preventDrop } from './drop-mitigations.ts';
import type { LateStamp } from './late-stamp.ts';
import { stampsOfAddresses } from './stamps-of-addresses.ts';
import { stampsOfConnections } from './stamps-of-connections.ts';
import { dropStory, dropSummary } from './tell-drop.ts';

const SOURCES = [
  'https://github.com/flannel-io/flannel/issues/530',
  'https://github.com/kubernetes/kubernetes/issues/33945',
];

/** More tuples than this are counted and not listed. */
const MOST = 100;

/** SYNs that were refused for their timestamps, or will be. */
export interface PawsDrop {
  readonly state: State;
  /** tcp_tw_recycle is on: a kernel that has it holds a whole address to its last timestamp. */
  readonly isRecycling: boolean;
  /** SYNs that were dropped for an address's timestamp (PAWSPassive). */
  readonly passive: CounterCourse | null;
  /** Segments that a TIME_WAIT refused (PAWSTimewait; before it was there PAWSEstab counted them). */
  readonly timewait: CounterCourse | null;
  readonly late: readonly LateStamp[];
}

/**
 * Finds SYNs that were refused because their timestamp is lower than one before: clients behind one
 * gateway share its address and not their clocks (PAWS, RFC 7323 section 5).
 */
export function findPawsDrops(incident: Incident, context: DetectionContext): Finding[] {
  const passive = nstatCourse(incident, 'TcpExtPAWSPassive');
  const timewait =
    nstatCourse(incident, 'TcpExtPAWSTimewait') ?? nstatCourse(incident, 'TcpExtPAWSEstab');
  const isRecycling = incident.sysctl('net.ipv4.tcp_tw_recycle') === '1';
  const ofAddresses = isRecycling || passive !== null ? stampsOfAddresses(context) : [];
  const late = [...ofAddresses, ...stampsOfConnections(context)];
  const state = stateOf(passive, late, isRecycling, incident);
  if (state === null) return [];
  const drop: PawsDrop = { state, isRecycling, passive, timewait, late };
  return [
    {
      family: 'paws-drop',
      state,
      ...dropConfidence(drop),
      ports: [...new Set(late.map(({ client }) => client.sport))].sort((a, b) => a - b),
      tuples: late.slice(0, MOST).map(({ client }) => client),
      process: [],
      summary: dropSummary(drop),
      story: dropStory(drop),
      evidence: dropEvidence(drop, incident),
      missing: dropMissing(drop, incident),
      mitigations: preventDrop(drop, incident),
      sources: SOURCES,
    },
  ];
}

/**
 * PAWSEstab and PAWSTimewait alone show nothing: late copies of segments are counted there too, and on
 * older kernels SYNs that meet a living socket, which is a matter of other families.
 */
function stateOf(
  passive: CounterCourse | null,
  late: readonly LateStamp[],
  isRecycling: boolean,
  incident: Incident,
): State | null {
  if (passive?.isRising === true) return 'active';
  const hasStamps = incident.sysctl('net.ipv4.tcp_timestamps') !== '0';
  if (isRecycling && hasStamps) return 'latent';
  return passive !== null || late.length > 0 ? 'past' : null;
}
