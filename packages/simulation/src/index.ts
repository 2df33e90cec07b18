export type { ChosenSnapshot } from './choose-snapshot.ts';
export { type IncidentKernel, incidentKernel } from './incident-kernel.ts';
export type { IncidentSysctls, SysctlValues } from './incident-sysctls.ts';
export { ISN_PERIOD, type IsnClock } from './isn-clock.ts';
export { closeLate, type LateClose } from './late-close.ts';
export { isScene, makeScene, type NoScene } from './make-scene.ts';
export type { MitigationEffect, MitigationTrial, TrialOutcome } from './mitigation-trial.ts';
export type { NumberFacts, Numbering } from './numbering.ts';
export { type Probability, probabilityOf } from './probability.ts';
export {
  type TranslatedRules,
  translateRules,
  type UntranslatedRule,
} from './rules/translate-rules.ts';
export { runPackets, type SimulatedPacket } from './run-packets.ts';
export type { NumberedSyn, OldConnection, Scene } from './scene.ts';
export { type ScenePod, scenePod } from './scene-pod.ts';
export { type SimulateOptions, simulateConnect } from './simulate-connect.ts';
export type { SimulatedRun, Simulation, UnavailableRun } from './simulated-run.ts';
export type { StalePort } from './stale-port.ts';
export { findStalePorts } from './stale-ports.ts';
export { tellRun } from './tell-run.ts';
export { type TryOptions, tryMitigations, tryMitigationsIn } from './try-mitigations.ts';
