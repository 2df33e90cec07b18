import { readFileSync } from 'node:fs';
import type { Sysctls } from '../sysctls.ts';
import type { SocketSegment } from '../tcp/reaction.ts';
import type { TcpSocket } from '../tcp/tcp-socket.ts';

/** A packet of a recording: seconds from the SYN of the reconnect, and the device that showed it. */
export interface IncidentPacket extends SocketSegment {
  readonly at: number;
  readonly hop: 'lo' | 'eth0';
}

/** A reconnect of istio #43301, recorded on a booted kernel. */
export interface IncidentRecording {
  /** The profile, or an expression for one. */
  readonly kernel: string;
  /** `case1`, and what was changed. */
  readonly name: string;
  readonly case: 1 | 2;
  readonly sysctls: Partial<Sysctls>;
  /** What the application's log says. */
  readonly result: string;
  readonly isn: number;
  /** The proxy's socket, from the packets of the connection before. */
  readonly socket: Pick<
    TcpSocket,
    'sndNxt' | 'rcvNxt' | 'rcvScale' | 'rcvWindow' | 'timestamps' | 'nextIpId'
  >;
  /** The old connection on lo. */
  readonly history: readonly IncidentPacket[];
  /** From the SYN to the ACK that completes the handshake, or all until the application gave up. */
  readonly packets: readonly IncidentPacket[];
  /** By how much counters rose. */
  readonly counters: Readonly<Record<string, number>>;
  /** Lines of the kernel log, without their stamps. */
  readonly logs: readonly string[];
}

/** Reads the recordings. */
export function readIncidentRecordings(): readonly IncidentRecording[] {
  const file = new URL('../../fixtures/incidents/istio-43301.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as IncidentRecording);
}
