import type { PodPacket } from '@tuplescope/kernel-model';
import type { SimulatedRun } from './simulated-run.ts';

/**
 * Says in a sentence why a run ended as it did.
 *
 * @example
 * tellRun(run)
 * // 'conntrack calls the RST INVALID (SEQ is over the upper bound (over the window of the receiver)), so it is not translated and never reaches the old socket; each further SYN meets that again.'
 */
export function tellRun({ packets, outcome, seconds, numbers }: SimulatedRun): string {
  const syn = packets.find(({ hop, segment }) => hop !== 'sent' && segment.flags === 'S');
  const isChallenged = packets.some(({ socket }) => socket?.does === 'challenge-ack');
  const rst = packets.find(isRst);
  if (syn === undefined) return 'A rule drops the SYN, so nobody hears of it.';
  if (outcome === 'refused') return 'Whoever the SYN meets answers with a RST: connection refused.';
  if (outcome === 'connected') {
    const sport = packets[0]?.segment.sport;
    if (!isChallenged && syn.segment.sport !== sport) {
      return `The old connection still has its entry, so NAT gives this one another source port (${syn.segment.sport}): it meets no old socket.`;
    }
    if (!isChallenged) return 'The SYN meets no old socket: it reaches the listener.';
    if (rst?.ctstate === 'INVALID') {
      return `conntrack calls the RST INVALID, but there is no NAT for it to miss: it reaches the old socket and ends it; the SYN sent after ${shortly(seconds)} reaches the listener.`;
    }
    return `The RST is valid (${reasonOf(rst)}), reaches the old socket and ends it; the SYN sent after ${shortly(seconds)} reaches the listener.`;
  }
  if (!isChallenged || rst === undefined) return 'Nobody answers the SYN in a way that it can use.';
  const again = 'each further SYN meets that again';
  if (rst.ctstate !== 'INVALID') {
    return rst.dropped === null
      ? `The RST is valid and does not end the old socket, which expects ${numbers.rcvNxt}; ${again}.`
      : `The RST is valid, but a rule drops it before it reaches the old socket; ${again}.`;
  }
  const fate =
    rst.dropped === null
      ? ', so it is not translated and never reaches the old socket'
      : ', and a rule drops it before it reaches the old socket';
  return `conntrack calls the RST INVALID (${reasonOf(rst)})${fate}; ${again}.`;
}

function isRst({ hop, segment, sender }: PodPacket): boolean {
  return hop === 'sent' && segment.flags === 'R' && sender.owner === 'app';
}

function reasonOf(packet: PodPacket | undefined): string {
  if (packet === undefined) return 'unknown';
  return packet.why.log ?? packet.why.rule;
}

function shortly(seconds: number): string {
  return seconds < 0.1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}
