import type {
  ConnectOptions,
  EntryInput,
  NatRule,
  PacketRule,
  PodSocketInput,
  TproxyRule,
} from '@tuplescope/kernel-model';
import type { Endpoint } from '@tuplescope/net';
import type { ChosenSnapshot } from './choose-snapshot.ts';
import type { IncidentSysctls } from './incident-sysctls.ts';
import type { NumberFacts } from './numbering.ts';
import type { UntranslatedRule } from './rules/translate-rules.ts';
import type { StalePort } from './stale-port.ts';

/** The old connection of a port: half-closed by the proxy, and then forgotten by conntrack or not. */
export interface OldConnection {
  /** Where it went; where that is not known, where the connect goes. */
  readonly to: Endpoint;
  /** Seconds from the proxy's FIN to the connect. */
  readonly halfClosedSeconds: number;
  /** Its entry has expired by the time of the connect, so far as the incident tells. */
  readonly isForgotten: boolean;
}

/** A SYN's number and time, seconds since the epoch. */
export interface NumberedSyn {
  readonly isn: number;
  readonly at: number;
}

/** One connect of an incident, and the pod in which it is made: what a simulation begins with. */
export interface Scene {
  readonly stale: StalePort;
  /** Where the connect goes. */
  readonly to: Endpoint;
  readonly old: OldConnection;
  /** Whether the connect goes where the old connection went; null where either is not known. */
  readonly isSameDestination: boolean | null;
  /** The snapshot that the pod is made of; null where packets alone show the old socket. */
  readonly snapshot: ChosenSnapshot | null;
  /** The sequence numbers that packets show; null is not known. */
  readonly numbers: NumberFacts;
  readonly nat: readonly NatRule[];
  readonly rules: readonly PacketRule[];
  readonly tproxy: readonly TproxyRule[];
  readonly listeners: readonly PodSocketInput[];
  /** The old socket, but for its numbers. */
  readonly oldSocket: PodSocketInput;
  /** The live entries of the port. */
  readonly entries: readonly EntryInput[];
  readonly sysctls: IncidentSysctls;
  /** The connect, but for its number. */
  readonly connect: Omit<ConnectOptions, 'isn'>;
  /** The SYNs of both connections, for the clock of initial numbers; null without a number or a date. */
  readonly clock: { readonly old: NumberedSyn | null; readonly connect: NumberedSyn | null };
  /** Packets show the connect's RST leaving untranslated: the incident's kernel calls it INVALID. */
  readonly wentAstray: boolean;
  /** What the incident does not tell and was assumed, in sentences. */
  readonly assumptions: readonly string[];
  /** Rules of the incident that the simulation leaves out. */
  readonly untranslated: readonly UntranslatedRule[];
  /** Other ports of the incident with an old socket of the proxy. */
  readonly otherPorts: readonly number[];
}
