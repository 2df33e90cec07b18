import type { Finding } from '../finding.ts';
import type { TakenPort } from './listener-port-taken.ts';

/**
 * Says how sure it is that a connection has a listener's port.
 *
 * | confidence | where |
 * |---|---|
 * | certain | a program tells that it could not listen, and a listing shows the connection |
 * | likely | a rule needs the listener, and a listing shows the connection |
 * | possible | one of the two is not shown: nobody tells that he wants it now, or nobody is seen to have it |
 */
export function takenConfidence({
  wanted: { by },
  holders,
}: TakenPort): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if (holders === null) {
    return {
      confidence: 'possible',
      confidenceReason: by.includes('error')
        ? 'A program could not listen on the port, and the kernel may give it to connections; no listing shows who had it.'
        : 'Rules need a listener on the port, and the kernel may give it to connections; none has it now.',
    };
  }
  if (by.includes('error')) {
    return {
      confidence: 'certain',
      confidenceReason:
        'A program tells that it could not listen on the port; a listing shows a connection that has it, and no listener.',
    };
  }
  return by.includes('rule')
    ? {
        confidence: 'likely',
        confidenceReason:
          'Rules need a listener on the port; a listing shows a connection that has it, and no listener.',
      }
    : {
        confidence: 'possible',
        confidenceReason:
          'A connection has a port on which a process listens in another snapshot; whether it still wants to is not shown.',
      };
}
