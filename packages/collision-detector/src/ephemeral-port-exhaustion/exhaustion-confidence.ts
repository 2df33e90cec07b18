import type { Finding } from '../finding.ts';
import type { Exhaustion } from './ephemeral-port-exhaustion.ts';

/**
 * Says how sure it is that the ports run out.
 *
 * | confidence | where |
 * |---|---|
 * | certain | sockets hold them, the range is captured, and none is left or a program got none |
 * | likely | sockets hold most of them, or entries all that NAT has; or the range is the assumed default |
 * | possible | only conntrack entries, or only programs' own words, show it |
 */
export function exhaustionConfidence({
  fill,
  range,
  errors,
}: Exhaustion): Pick<Finding, 'confidence' | 'confidenceReason'> {
  if (fill === null) {
    return {
      confidence: 'possible',
      confidenceReason:
        'Programs got no local port (EADDRNOTAVAIL), but no listing shows sockets or entries that hold them; a wrong local address gives the same error.',
    };
  }
  const { chooser, held, usable } = fill;
  const isHeld = held >= usable * 0.8;
  if (chooser === 'connect' && !isHeld) {
    return {
      confidence: 'possible',
      confidenceReason:
        'Only conntrack entries hold the ports; an entry outlives its socket, and does not keep a program from using the port again.',
    };
  }
  if (chooser === 'connect' && !range.isCaptured) {
    return {
      confidence: 'likely',
      confidenceReason: `The range is not captured; ${range.low} to ${range.high} is the kernel's default.`,
    };
  }
  if (chooser === 'connect' && (held >= usable || errors.length > 0)) {
    return {
      confidence: 'certain',
      confidenceReason:
        held >= usable
          ? 'Sockets hold every port of the captured range.'
          : 'Sockets hold most ports of the captured range, and a program tells that it got none.',
    };
  }
  return {
    confidence: 'likely',
    confidenceReason:
      chooser === 'nat'
        ? 'Entries hold most of the ports that NAT chooses from; a rule may limit it to fewer.'
        : 'Sockets hold most ports of the captured range; no program tells that it got none.',
  };
}
