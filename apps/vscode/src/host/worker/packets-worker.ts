import type { Methods } from '../../protocol/channel.ts';
import type { PacketFilter, PacketsApi, PutVerdicts } from '../../protocol/packets.ts';
import type { OpenSource } from './open-source.ts';
import { openPackets, type PacketSession } from './packet-session.ts';
import { createPause } from './pause.ts';

/** Makes what a worker answers that reads one capture file. */
export function createPacketsWorker(openSource: OpenSource): Methods<PacketsApi> {
  const pause = createPause();
  let session: PacketSession | null = null;
  /** The file as it is now, being read while the reader still sees it as it was. */
  let next: PacketSession | null = null;
  let filter: PacketFilter | null = null;
  let connection: Uint32Array | null = null;
  let verdicts: PutVerdicts = { own: null, other: null };

  const opened = (): PacketSession => {
    takeOver();
    if (session === null) throw new Error('no capture is open');
    return session;
  };

  /** A capture that grows has all that was seen of it before: nothing may vanish meanwhile. */
  const takeOver = (): void => {
    if (next === null) return;
    const { packets, isComplete } = next.status();
    if (session !== null && !isComplete && packets < session.status().packets) return;
    void session?.close();
    session = next;
    next = null;
    session.judge(verdicts);
    if (filter !== null) session.filter(filter, connection);
  };

  return {
    openCapture: async (source) => {
      const file = await openSource(source);
      await next?.close();
      next = openPackets(file, pause);
      return opened().status();
    },
    captureStatus: () => {
      const status = opened().status();
      return next === null ? status : { ...status, isComplete: false };
    },
    filterPackets: (wanted) => {
      ({ filter, connection } = wanted);
      return opened().filter(filter, connection);
    },
    putVerdicts: (now) => {
      verdicts = now;
      return opened().judge(now);
    },
    stepToDifference: (step) => opened().step(step),
    packetPage: (wanted) => opened().page(wanted),
    rowOfPacket: (n) => opened().rowOf(n),
    packetDetail: (n) => opened().detail(n),
    pauseReading: () => pause.begin(),
  };
}
