import type { Finding } from '../finding.ts';
import type { StuckGroup } from './ipvs-port-reuse.ts';

/**
 * Says how sure it is that a port's next connection is treated as its last:
 *
 * | what is shown | conn_reuse_mode | confidence |
 * |---|---|---|
 * | IPVS sends a connect to a drained server, and packets show that nobody answers | 0 | certain |
 * | IPVS sends a connect to a drained server | 0 | likely: it may have begun before the server was drained |
 * | IPVS remembers a drained server for a port whose connection is over | 0 | certain, and `latent` |
 * | any of these | not known | possible |
 * | a second's delay of a connect from a port that was used before, on a kernel before 5.9 | 1 | likely |
 * | the same | not known | possible |
 *
 * With conn_reuse_mode 1 and a kernel from 5.9 on there is no such thing, and nothing is said.
 */
export function stuckConfidence(
  { mode, members: [first] }: StuckGroup,
  isUnanswered: boolean,
): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if (mode.value === null) {
    return {
      confidence: 'possible',
      confidenceReason: 'No capture tells conn_reuse_mode, on which this depends.',
    };
  }
  if (first.kind === 'delayed') {
    return {
      confidence: 'likely',
      confidenceReason:
        'The first SYN from a port that was used before had no answer, the second had one: so do kernels before 5.9. A packet that was lost otherwise looks the same.',
    };
  }
  if (!first.isConnecting) {
    return {
      confidence: 'certain',
      confidenceReason:
        'IPVS lists where it sends this port, that the server is drained, and conn_reuse_mode is 0.',
    };
  }
  return isUnanswered
    ? {
        confidence: 'certain',
        confidenceReason:
          'IPVS lists that it sends this connect to a drained server, packets show that nobody answers, and conn_reuse_mode is 0.',
      }
    : {
        confidence: 'likely',
        confidenceReason:
          'IPVS lists that it sends this connect to a drained server, and conn_reuse_mode is 0. The connect may have begun before the server was drained.',
      };
}
