export type { Contradiction, KernelAssessment } from './assess-kernel.ts';
export { type Detection, detectCollisions } from './detect-collisions.ts';
export type {
  Confidence,
  Evidence,
  Family,
  Finding,
  InvolvedProcess,
  MissingEvidence,
  Mitigation,
  State,
} from './finding.ts';
