import type { Finding } from './finding.ts';
import type { PlacedSocket } from './placed-socket.ts';
import type { StaleSocket } from './stale-sockets.ts';

/** Says how sure it is that these sockets have leaked, by what is shown of the least sure of them. */
export function leakConfidence(
  sockets: readonly StaleSocket[],
): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if (sockets.some(({ entryState }) => entryState === 'unknown')) {
    return {
      confidence: 'possible',
      confidenceReason:
        'The half-closed socket is there, but no conntrack listing of this namespace shows whether its entry is gone.',
    };
  }
  if (sockets.some(({ interception }) => interception.place === null && isInbound(interception))) {
    return {
      confidence: 'possible',
      confidenceReason:
        'The port is where known proxies receive traffic, but no captured rule redirects to it.',
    };
  }
  if (sockets.every((stale) => stale.sockets.some(showsNoTimer))) {
    return {
      confidence: 'certain',
      confidenceReason:
        'No timer runs that would end the socket, and the conntrack listing of the same snapshot has no entry of its connection.',
    };
  }
  const hasTimer = sockets.some((stale) =>
    stale.sockets.some(({ socket }) => socket.timer !== null),
  );
  return {
    confidence: 'likely',
    confidenceReason: hasTimer
      ? 'The conntrack listing has no entry of the connection, but a timer of the socket runs that may end it.'
      : 'The conntrack listing has no entry of the connection, but the socket listing shows no timers (ss -o).',
  };
}

/** `ss -e` prints timers as `-o` does, and the inode; netstat and the kernel say `off`. */
export function showsNoTimer({ socket }: PlacedSocket): boolean {
  if (socket.timer !== null) return socket.timer.name === 'off';
  return socket.inode !== null || socket.cookie !== null;
}

function isInbound({ direction }: StaleSocket['interception']): boolean {
  return direction === 'inbound';
}
