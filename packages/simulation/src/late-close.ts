import {
  applyMitigation,
  createPod,
  type Mitigation,
  type Profile,
  type SocketState,
  TrackerError,
} from '@tuplescope/kernel-model';
import { isSameEndpoint } from '@tuplescope/net';
import type { SysctlValues } from './incident-sysctls.ts';
import { numberings } from './numbering.ts';
import type { Scene } from './scene.ts';
import { scenePod } from './scene-pod.ts';
import { sysctlsOf } from './simulate-connect.ts';

/** What becomes of the old connection where the application closes it after its entry has expired. */
export interface LateClose {
  /** The application's socket; CLOSED: gone. */
  readonly app: SocketState;
  /** The proxy's socket; CLOSED: gone. */
  readonly proxy: SocketState;
  /** Until the application's socket is gone, connects to the same place cannot have its port. */
  readonly isPortTaken: boolean;
}

/**
 * Lets the application of a scene close its end late, as it did in the incident: the leak itself, rather
 * than the connect that meets it. The service answers what reaches it by mistake with a RST.
 *
 * @returns null where the mitigation cannot be tried, or the old connection still has its entry.
 */
export function closeLate(
  scene: Scene,
  profile: Profile,
  mitigation: Mitigation,
  sysctls: SysctlValues = {},
): LateClose | null {
  const { old, stale, connect } = scene;
  const [numbers] = numberings(scene.numbers);
  if (!old.isForgotten || numbers === undefined) return null;
  const { pod } = scenePod(scene, numbers);
  const options = applyMitigation(
    {
      ...pod,
      profile,
      sysctls: sysctlsOf(scene, profile, sysctls),
      sockets: [
        ...(pod.sockets ?? []),
        {
          state: 'CLOSE-WAIT',
          owner: 'app',
          uid: connect.uid ?? 0,
          local: stale.client,
          peer: old.to,
          sndNxt: numbers.rcvNxt,
          rcvNxt: numbers.sndNxt,
        },
      ],
      peers: [{ state: 'LISTEN', local: old.to }],
    },
    mitigation,
    old.to,
  );
  if (options === null) return null;
  const whenPossible = <Value>(work: () => Value): Value | null => {
    try {
      return work();
    } catch (error) {
      if (error instanceof TrackerError && error.code !== 'bad-sysctl') return null;
      throw error;
    }
  };
  const running = whenPossible(() => createPod(options));
  if (running === null) return null;
  const { state } = running.close({ local: stale.client, peer: old.to });
  const proxy = running.sockets.find(
    ({ owner, peer }) => owner === 'proxy' && isSameEndpoint(peer, stale.client),
  );
  const again = { sport: stale.client.port, from: stale.client.address, to: old.to };
  const isFree = whenPossible(() => running.connect({ ...again, timeoutSeconds: 0 })) !== null;
  return { app: state, proxy: proxy?.state ?? 'CLOSED', isPortTaken: !isFree };
}
