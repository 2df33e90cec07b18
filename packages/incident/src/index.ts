// The records of the parsers, so that who reads an incident needs no parser package.
export type { ConntrackEntry } from '@tuplescope/conntrack-parser';
export type { NetfilterLogRecord } from '@tuplescope/netfilter-log-parser';
export type { SsSocket } from '@tuplescope/ss-parser';
export type { TcpdumpSegment } from '@tuplescope/tcpdump-parser';
export { alignClocks, type ClockOffset } from './align-clocks.ts';
export {
  type Capture,
  type CaptureContent,
  type CaptureKind,
  type CaptureOf,
  capturesOf,
} from './capture.ts';
export type { CapturedFile } from './captured-file.ts';
export { CapturedTuples, type TupleSource } from './captured-tuples.ts';
export type { Interception, KernelName, PlacedDropRule } from './facts.ts';
export { findSocketErrors } from './find-socket-errors.ts';
export type { Incident, Snapshot } from './incident.ts';
export { isEventLog } from './is-event-log.ts';
export { wouldShow } from './listing-scope.ts';
export {
  type PacketCapture,
  type PacketSegment,
  packetCapturesOf,
  packetSegments,
  type Sieve,
} from './packet-segments.ts';
export { type Place, placeOf } from './place.ts';
export { programOf, readPrompt } from './prompt.ts';
export { type ReadOptions, readCapture } from './read-capture.ts';
export { readFile, readIncidents } from './read-incidents.ts';
export { type OutputName, recognize } from './recognize.ts';
export { readSocketError, type SocketError } from './socket-error.ts';
export { type Section, splitTranscript } from './split-transcript.ts';
