import type { Capture } from '@tuplescope/incident';
import { defaultSysctls } from '@tuplescope/kernel-model';
import type { Endpoint } from '@tuplescope/net';
import { ofKind } from './captures.ts';
import type { ConnectFacts } from './connect-facts.ts';
import { endpointOf } from './endpoints.ts';
import type { SysctlValues } from './incident-sysctls.ts';
import { keyOfEnds } from './old-sockets.ts';
import { isReplyOf, type PodEntries } from './pod-entries.ts';
import type { OldConnection } from './scene.ts';
import type { StalePort } from './stale-port.ts';

/** Seconds that a half-close is taken to be old where nothing tells. */
const SOME_AGE = 600;

/** What the old connection is made of. */
export interface OldConnectionParts {
  readonly stale: StalePort;
  readonly facts: ConnectFacts;
  /** The captures of the chosen snapshot. */
  readonly captures: readonly Capture[];
  /** Seconds from the snapshot to the connect. */
  readonly secondsBefore: number;
  readonly listed: PodEntries;
  readonly captured: SysctlValues;
  readonly to: Endpoint;
}

/**
 * Says how old the half-close is and whether conntrack has forgotten the connection. Where the entry is
 * gone, the half-close is at least as old as CLOSE_WAIT lasts.
 *
 * @param notes gets what was assumed.
 */
export function oldConnection(parts: OldConnectionParts, notes: string[]): OldConnection {
  const { stale, facts, listed, captured, to, captures, secondsBefore } = parts;
  const isForgotten = !listed.entries.some((entry) => isReplyOf(entry, stale));
  const known = facts.halfClosedSeconds ?? idleSeconds(captures, stale, secondsBefore);
  const lasts =
    captured.nf_conntrack_tcp_timeout_close_wait ??
    defaultSysctls([]).nf_conntrack_tcp_timeout_close_wait;
  if (!isForgotten) return { to, isForgotten, halfClosedSeconds: known ?? 0 };
  const halfClosedSeconds = Math.max(known ?? SOME_AGE, lasts + 1);
  if (!listed.isListed) {
    notes.push(
      'No conntrack listing shows the old connection: its entry is taken to have expired.',
    );
  }
  if (known === null) {
    notes.push(
      `Nothing tells how old the half-close is: it is taken to be ${halfClosedSeconds} s old.`,
    );
  } else if (known < lasts) {
    notes.push(
      `The old entry was gone after ${known.toFixed(1)} s, sooner than CLOSE_WAIT lasts (${lasts} s): in the simulation it has just expired.`,
    );
  }
  return { to, isForgotten, halfClosedSeconds };
}

/** Seconds since the old socket last heard an ACK: that of its FIN. Printed by `ss -i`. */
function idleSeconds(
  captures: readonly Capture[],
  stale: StalePort,
  secondsBefore: number,
): number | null {
  for (const { content } of ofKind(captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      if (table.portAt(row, 'local') !== stale.local.port) continue;
      if (table.portAt(row, 'peer') !== stale.client.port) continue;
      const { local, peer, tcp } = table.at(row);
      const [own, client] = [endpointOf(local), endpointOf(peer)];
      if (own === null || client === null || tcp?.lastack === undefined) continue;
      if (keyOfEnds({ local: own, client }) !== keyOfEnds(stale)) continue;
      return tcp.lastack / 1000 + secondsBefore;
    }
  }
  return null;
}
