import type { PodPacket, SocketDeed } from '@tuplescope/kernel-model';

/**
 * Says in a sentence who sent a packet, and what became of it where it got to.
 *
 * @example
 * saySimulatedPacket(packet)
 * // "The application asks for a connection; the proxy's socket in FIN-WAIT-2 answers with a challenge ACK."
 */
export function saySimulatedPacket(packet: PodPacket): string {
  const { sender } = packet;
  return `${SENDERS[sender.owner]} ${SENDS[sender.does] ?? 'sends a packet'}; ${fateOf(packet)}.`;
}

function fateOf({ dropped, ctstate, why, hop, socket }: PodPacket): string {
  if (dropped === 'conntrack') return 'conntrack finds no free tuple for it and drops it';
  const judged = `conntrack calls it INVALID (${why.log ?? why.rule})`;
  const isInvalid = ctstate === 'INVALID';
  if (dropped === 'rule') return isInvalid ? `${judged}, and a rule drops it` : 'a rule drops it';
  if (isInvalid && hop === 'eth0') {
    return `${judged}, so it leaves untranslated by eth0 and reaches nobody who knows of it`;
  }
  const reached = reachedBy(socket);
  return isInvalid ? `${judged}, but it needs no NAT: ${reached}` : reached;
}

function reachedBy(socket: SocketDeed | null): string {
  if (socket === null || socket.owner === 'none') return 'nobody is there to answer it';
  return `${OWNERS[socket.owner]} socket in ${socket.state} ${DEEDS[socket.does]}`;
}

const SENDERS: Readonly<Record<SocketDeed['owner'], string>> = {
  app: 'The application',
  proxy: 'The proxy',
  peer: 'The service',
  none: 'The kernel',
};

const OWNERS: Readonly<Record<SocketDeed['owner'], string>> = {
  app: "the application's",
  proxy: "the proxy's",
  peer: "the service's",
  none: 'no',
};

const SENDS: Readonly<Partial<Record<SocketDeed['does'], string>>> = {
  connects: 'asks for a connection',
  retransmits: 'sends its SYN again',
  'challenge-ack': 'answers with an ACK of the old connection',
  'syn-ack': 'accepts with a SYN/ACK',
  ack: 'answers with an ACK',
  rst: 'answers with a RST',
  closes: 'closes its end with a FIN',
};

const DEEDS: Readonly<Record<SocketDeed['does'], string>> = {
  connects: 'asks for a connection',
  closes: 'closes its end',
  accepts: 'accepts it',
  'syn-ack': 'answers with a SYN/ACK',
  ack: 'answers with an ACK',
  'challenge-ack': 'answers with a challenge ACK',
  suppressed: 'would challenge it, but did so just now',
  rst: 'answers with a RST',
  reset: 'is reset',
  ignores: 'ignores it',
  retransmits: 'sends again',
  delivers: 'takes its data',
};
