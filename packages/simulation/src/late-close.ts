import {
  applyMitigation,
  createPod,
  type Mitigation,
  type Profile,
  type SocketState,
  TrackerError,
} from '@tuplescope/kernel-model';
import type { SysctlValues } from './incident-sysctls.ts';
import { numberings } from './numbering.ts';
import type { Scene } from './scene.ts';
import { scenePod } from './scene-pod.ts';

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
  const own = Object.entries({ ...scene.sysctls.set, ...sysctls }).filter(
    ([name]) => profile.sysctls[name as keyof typeof profile.sysctls] !== null,
  );
  const options = applyMitigation(
    {
      ...pod,
      profile,
      sysctls: Object.fromEntries(own),
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
  const running = createPod(options);
  const { state } = running.close({ local: stale.client, peer: old.to });
  const proxy = running.sockets.find(
    ({ owner, peer }) => owner === 'proxy' && peer.port === stale.client.port,
  );
  return { app: state, proxy: proxy?.state ?? 'CLOSED', isPortTaken: isTaken() };

  function isTaken(): boolean {
    try {
      running.connect({
        sport: stale.client.port,
        from: stale.client.address,
        to: old.to,
        timeoutSeconds: 0,
      });
      return false;
    } catch (error) {
      if (error instanceof TrackerError) return true;
      throw error;
    }
  }
}
