export type {
  Contradiction,
  EntryState,
  Explanation,
  MetSocket,
  Owner,
  PacketKind,
  PacketReference,
} from './explanation.ts';
export type { Lineage } from './lineage.ts';
export type { ProfileComparison } from './profile-comparison.ts';
