export type { ExplainedCapture, HeaderColumns, SegmentTable } from './capture-source.ts';
export { type CapturedPackets, readIncidentPackets, readPackets } from './captured-packets.ts';
export { type CompareOptions, compareProfiles } from './compare-profiles.ts';
export { type Evidence, NO_EVIDENCE, type SeenSocket } from './evidence.ts';
export { type ExplainOptions, explainPackets } from './explain-packets.ts';
export type {
  Contradiction,
  EntryState,
  Explanation,
  MetSocket,
  Owner,
  PacketKind,
  PacketReference,
} from './explanation.ts';
export { Explanations } from './explanations.ts';
export { lineageNumbers } from './group-lineages.ts';
export { incidentEvidence } from './incident-evidence.ts';
export { type Judgement, type JudgementVisitor, judgePackets } from './judge-packets.ts';
export type { Lineage } from './lineage.ts';
export { nearestProfiles } from './nearest-profiles.ts';
export type { ProfileComparison } from './profile-comparison.ts';
