import type { ConnectRun, Hop, PodPacket, SocketDeed } from '@tuplescope/kernel-model';

/** A packet of a run, told as an explained packet of a capture is. */
export interface SimulatedPacket
  extends Pick<PodPacket, 'at' | 'segment' | 'ctstate' | 'entry' | 'nat' | 'why' | 'dropped'> {
  /** Number of the packet in the run, from 1. */
  readonly n: number;
  /** No capture has it. */
  readonly file: null;
  readonly conversation: 1;
  /** The device on which a capture would show it last; `sent` where it never came to one. */
  readonly hop: Hop;
  /** Who sent it, and why. */
  readonly sender: SocketDeed;
  /** The socket that it reached; owner `none` where it reached none. */
  readonly socket: SocketDeed;
  /** What happened, in a sentence or two. */
  readonly says: string;
  /** A simulation is what its profile does. */
  readonly expected: true;
}

const NOBODY: SocketDeed = { owner: 'none', state: 'CLOSED', does: 'ignores' };

/**
 * Gives the packets of a run, each once, as it was where it got to: on its device, translated, or where it
 * was dropped. Times are seconds from the connect's first SYN.
 *
 * @example
 * runPackets(run).map(({ segment }) => segment.flags) // ['S', 'A', 'R', 'S', …]
 */
export function runPackets({ packets }: Pick<ConnectRun, 'packets'>): SimulatedPacket[] {
  const sent = new Map<number, PodPacket>();
  const last = new Map<number, PodPacket>();
  for (const packet of packets) {
    if (packet.hop === 'sent') sent.set(packet.packet, packet);
    last.set(packet.packet, packet);
  }
  return [...last].map(([n, packet]) => {
    const { at, segment, ctstate, entry, nat, why, dropped, hop, sender, socket } = packet;
    const begun = sent.get(n);
    return {
      ...{ n, file: null, at, conversation: 1, segment, ctstate, entry, nat, hop, dropped, sender },
      socket: socket ?? NOBODY,
      says: begun === undefined || begun === packet ? packet.says : `${begun.says} ${packet.says}`,
      why,
      expected: true,
    };
  });
}
