import {
  type ConnectOptions,
  defaultSysctls,
  entryPackets,
  type Packet,
  type PodOptions,
} from '@tuplescope/kernel-model';
import type { Numbering } from './numbering.ts';
import type { Scene } from './scene.ts';

/** A pod of a scene, and the connect that is made in it; second 0 is when the connect begins. */
export interface ScenePod {
  readonly pod: Omit<PodOptions, 'profile' | 'sysctls'>;
  readonly connect: ConnectOptions;
}

/**
 * Makes the pod of a scene with one set of numbers. What conntrack saw of the old connection is played
 * to it again, so that an entry which another timeout would have kept is kept.
 */
export function scenePod(scene: Scene, { isn, rcvNxt, sndNxt }: Numbering): ScenePod {
  const { stale, nat, rules, tproxy, listeners, oldSocket, entries, connect, old } = scene;
  return {
    pod: {
      addresses: [stale.client.address],
      nat,
      rules,
      tproxy,
      sockets: [...listeners, { ...oldSocket, rcvNxt, sndNxt }],
      entries,
      history: old.isForgotten ? oldPackets(scene, rcvNxt, sndNxt) : [],
      at: 0,
    },
    connect: { ...connect, isn },
  };
}

/** The old connection: its handshake, the proxy's FIN and the ACK of that, all when it was half-closed. */
function oldPackets({ stale, old }: Scene, clientNext: number, serverNext: number): Packet[] {
  const { client, local } = stale;
  const sysctls = defaultSysctls([]);
  return entryPackets(
    {
      state: 'CLOSE_WAIT',
      timeout: sysctls.nf_conntrack_tcp_timeout_close_wait,
      original: {
        src: client.address,
        sport: client.port,
        dst: old.to.address,
        dport: old.to.port,
      },
      reply: {
        src: local.address,
        sport: local.port,
        dst: client.address,
        dport: client.port,
      },
      clientNext,
      serverNext,
    },
    sysctls,
    -old.halfClosedSeconds,
  );
}
