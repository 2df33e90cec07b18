import type { ConnectRun, Hop, PodPacket, SocketDeed } from '@tuplescope/kernel-model';
import { saySimulatedPacket } from './say-simulated-packet.ts';

/** A packet of a run, told as an explained packet of a capture is. */
export interface SimulatedPacket
  extends Pick<PodPacket, 'at' | 'segment' | 'ctstate' | 'entry' | 'nat' | 'why' | 'dropped'> {
  /** Number of the packet in the run, from 1. */
  readonly n: number;
  /** No capture has it. */
  readonly file: null;
  readonly conversation: 1;
  /** The device on which a capture would show it; `sent` where it never came to one. */
  readonly hop: Hop;
  /** Who sent it, and why. */
  readonly sender: SocketDeed;
  /** The socket that it reached; null where it was dropped on its way. */
  readonly socket: SocketDeed | null;
  /** What happened, in a sentence. */
  readonly says: string;
  /** A simulation is what its profile does. */
  readonly expected: true;
}

/**
 * Gives the packets of a run, each once, as it was where it got to: on its device, translated, or where it
 * was dropped. Times are seconds from the connect's first SYN.
 *
 * @example
 * runPackets(run).map(({ segment }) => segment.flags) // ['S', 'A', 'R', 'S', …]
 */
export function runPackets({ packets }: Pick<ConnectRun, 'packets'>): SimulatedPacket[] {
  const last = new Map(packets.map((packet) => [packet.packet, packet]));
  return [...last.values()].map((packet) => {
    const { at, segment, ctstate, entry, nat, why, dropped, hop, sender, socket } = packet;
    return {
      n: packet.packet,
      file: null,
      at,
      conversation: 1,
      segment,
      hop,
      ctstate,
      entry,
      nat,
      sender,
      socket,
      dropped,
      says: saySimulatedPacket(packet),
      why,
      expected: true,
    };
  });
}
