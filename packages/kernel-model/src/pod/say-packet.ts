import type { PodPacket, SocketDeed } from './pod-packet.ts';

const FLAG_NAMES: Readonly<Record<string, string>> = {
  S: 'SYN',
  SA: 'SYN/ACK',
  A: 'ACK',
  R: 'RST',
  RA: 'RST/ACK',
  FA: 'FIN',
  PA: 'data',
};

/** Says in a sentence what happened to a packet at a hop. */
export function sayPacket(packet: Omit<PodPacket, 'n' | 'says'>): string {
  const { hop, segment, sender, ctstate, dropped, socket, nat } = packet;
  const name = FLAG_NAMES[segment.flags] ?? segment.flags;
  if (hop === 'sent') {
    const judged = `conntrack says ${ctstate} (${packet.why.rule})`;
    const fate = dropped === null ? '' : `, and ${DROPPERS[dropped]} drops it`;
    return `${nameOf(sender)} ${VERBS[sender.does] ?? 'sends'} ${name} ${segment.seq}: ${judged}${fate}.`;
  }
  const way = nat === 'none' ? `is on ${hop} as it was sent` : `is on ${hop} after ${nat}`;
  if (dropped !== null) return `${name} ${segment.seq} ${way}, and ${DROPPERS[dropped]} drops it.`;
  if (socket === null) return `${name} ${segment.seq} ${way}.`;
  if (socket.owner === 'none')
    return `${name} ${segment.seq} ${way}: no socket here, nobody answers.`;
  return `${name} ${segment.seq} ${way}: ${nameOf(socket)} ${DEEDS[socket.does]}.`;
}

function nameOf({ owner, state }: SocketDeed): string {
  return owner === 'none' ? 'no socket' : `the ${owner}'s ${state}`;
}

const DROPPERS = { conntrack: 'conntrack', rule: 'a rule' } as const;

const VERBS: Readonly<Partial<Record<SocketDeed['does'], string>>> = {
  retransmits: 'sends again',
};

const DEEDS: Readonly<Record<SocketDeed['does'], string>> = {
  connects: 'connects',
  closes: 'closes',
  accepts: 'accepts it',
  'syn-ack': 'answers with a SYN/ACK',
  ack: 'answers with an ACK',
  'challenge-ack': 'answers with a challenge ACK',
  suppressed: 'would challenge it, but did so just now',
  rst: 'answers with a RST',
  reset: 'is reset',
  ignores: 'ignores it',
  retransmits: 'sends again',
  delivers: 'delivers the data',
};
