import type { Finding } from '../finding.ts';
import type { PawsDrop } from './paws-drop.ts';

/**
 * Says how sure it is that SYNs were refused for their timestamps:
 *
 * | counters | a SYN with a lower timestamp | tcp_tw_recycle | confidence |
 * |---|---|---|---|
 * | PAWSPassive rose | had no answer | | certain |
 * | PAWSPassive rose | not captured | on | certain |
 * | PAWSPassive rose | not captured | not known | likely: only that setting counts there |
 * | PAWSTimewait, or PAWSEstab, rose | was answered by an ACK of a closed connection | | certain |
 * | no look, or none rose | was answered by an ACK of a closed connection | | likely |
 * | no look, or none rose | had no answer | on | likely |
 * | no look, or none rose | not captured | on | likely, and `latent` |
 * | PAWSPassive above 0 in a single look | not captured | not on | possible |
 *
 * PAWSTimewait or PAWSEstab without such a SYN shows nothing.
 */
export function dropConfidence({
  passive,
  timewait,
  late,
  isRecycling,
}: PawsDrop): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if ((passive?.rise ?? 0) > 0) {
    return late.length > 0 || isRecycling
      ? {
          confidence: 'certain',
          confidenceReason: `PAWSPassive rose between two looks, and ${late.length > 0 ? 'packets show SYNs with lower timestamps' : 'tcp_tw_recycle is on'}.`,
        }
      : {
          confidence: 'likely',
          confidenceReason:
            'PAWSPassive rose between two looks; a kernel counts there only with tcp_tw_recycle.',
        };
  }
  const ofConnections = late.some(({ of }) => of === 'connection');
  if (ofConnections && (timewait?.rise ?? 0) > 0) {
    return {
      confidence: 'certain',
      confidenceReason:
        'A SYN with a higher number and a lower timestamp was answered by an ACK of a closed connection, and the counter of such refusals rose.',
    };
  }
  if (ofConnections) {
    return {
      confidence: 'likely',
      confidenceReason:
        'A SYN with a higher number and a lower timestamp was answered by an ACK of a closed connection; no counter was looked at twice.',
    };
  }
  if (isRecycling) {
    return {
      confidence: 'likely',
      confidenceReason:
        late.length > 0
          ? 'tcp_tw_recycle is on, and SYNs with lower timestamps had no answer.'
          : 'tcp_tw_recycle is on; whether clients share an address is not shown.',
    };
  }
  return {
    confidence: 'possible',
    confidenceReason: 'PAWSPassive is above 0, in a single look: when it rose is not known.',
  };
}
