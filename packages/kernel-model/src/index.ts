export { explainAffected, isAffected } from './affected.ts';
export type { Basis, Claim } from './basis.ts';
export type {
  Behaviour,
  EventBehaviour,
  LogBehaviour,
  LoweredTimeoutText,
  NatBehaviour,
  Overshoot,
  Reinit,
  SocketBehaviour,
} from './behaviour.ts';
export { behaviourOf } from './behaviour-of.ts';
export type { Backport, Commit, CommitName, CommitSide } from './commit.ts';
export { ALL_COMMITS, commitFor } from './commits.ts';
export type { AddressBook, AddressNumber } from './conntrack/address-book.ts';
export type { ConntrackEvent } from './conntrack/conntrack-event.ts';
export type { Direction } from './conntrack/direction.ts';
export type { Ctstate } from './conntrack/outcome.ts';
export type { Rule } from './conntrack/rules.ts';
export { createSegment, IPV4, IPV6, NO_SCALE, type Segment } from './conntrack/segment.ts';
export type { TcpState } from './conntrack/tcp-state.ts';
export { createTracker } from './create-tracker.ts';
export { type Entry, formatEntry } from './entry.ts';
export type { NatAction, NatHook, NatMatch, NatRule, PortRange } from './nat/nat-rule.ts';
export { newestMainline } from './newest-mainline.ts';
export type { Malformed, Packet } from './packet.ts';
export { createPod } from './pod/create-pod.ts';
export { type EntryInput, entryPackets } from './pod/entry-packets.ts';
export { type IstioCase, type IstioCaseNumber, istioCase } from './pod/istio-case.ts';
export { type IstioOptions, type IstioOutbound, istioOutbound } from './pod/istio-outbound.ts';
export { applyMitigation, MITIGATIONS, type Mitigation } from './pod/mitigation.ts';
export { formatOutcomes, type OutcomeCell, outcomesTable } from './pod/outcomes-table.ts';
export type { PacketHook, PacketMatch, PacketRule, TproxyRule } from './pod/packet-rule.ts';
export type {
  CloseOptions,
  CloseRun,
  ConnectOptions,
  ConnectOutcome,
  ConnectRun,
  Pod,
  PodOptions,
  PodSocket,
  PodSocketInput,
} from './pod/pod.ts';
export type { Hop, PodLog, PodPacket, SocketDeed, SocketOwner } from './pod/pod-packet.ts';
export type { EndpointInput } from './pod/read-endpoint.ts';
export type { Family, Profile } from './profile.ts';
export { profileFor } from './profile-for.ts';
export type { Confidence, Probe, ProfileMatch } from './profile-match.ts';
export { ALL_PROFILES } from './profiles.ts';
export { readRecordedSequence } from './replay/read-recorded-sequence.ts';
export type {
  RecordedAdvance,
  RecordedDelete,
  RecordedEntry,
  RecordedPacket,
  RecordedSequence,
  RecordedStep,
} from './replay/recorded-sequence.ts';
export { type Mismatch, replaySequence } from './replay/replay-sequence.ts';
export { formatScenarioResult } from './scenario/format-scenario-result.ts';
export { parseScenario } from './scenario/parse-scenario.ts';
export {
  runScenario,
  type ScenarioLine,
  type ScenarioMismatch,
  type ScenarioOptions,
  type ScenarioResult,
} from './scenario/run-scenario.ts';
export type {
  CheckStep,
  Expectation,
  ExpectedEntry,
  PacketStep,
  Scenario,
} from './scenario/scenario.ts';
export { ScenarioError, type ScenarioProblem } from './scenario/scenario-error.ts';
export { defaultSysctls, type Sysctls } from './sysctls.ts';
export { type ChallengeBudget, createChallengeBudget } from './tcp/challenge-budget.ts';
export { closeSocket } from './tcp/close-socket.ts';
export { createSocket, type SocketInput } from './tcp/create-socket.ts';
export {
  ephemeralPorts,
  nextHint,
  type PortSearch,
  portProbability,
} from './tcp/ephemeral-ports.ts';
export { initialSequence } from './tcp/initial-sequence.ts';
export type { Reaction, SocketAction, SocketHost, SocketSegment } from './tcp/reaction.ts';
export { receiveSegment } from './tcp/receive.ts';
export { type SynTimes, synTimes } from './tcp/syn-timer.ts';
export type { TcpCounter } from './tcp/tcp-counter.ts';
export type { SocketState, SocketTimestamps, TcpSocket } from './tcp/tcp-socket.ts';
export type { Tracker, TrackerOptions } from './tracker.ts';
export { TrackerError, type TrackerErrorCode } from './tracker-error.ts';
export type { NatKind, NatVerdict, Reason, Verdict } from './verdict.ts';
