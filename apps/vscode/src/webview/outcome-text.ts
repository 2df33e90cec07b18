import type { PacketTexts } from '../protocol/packets.ts';
import type { SimulatedConnect } from '../protocol/what-if.ts';
import { fillIn } from './fill-in.ts';

/**
 * Says in a sentence what came of a simulated connect.
 *
 * @example
 * outcomeText(run, '10.0.0.7:44410 → 10.0.0.9:7777', texts)
 * // '10.0.0.7:44410 → 10.0.0.9:7777: times out after 127 s.'
 */
export function outcomeText(
  { outcome, seconds, numbers }: SimulatedConnect,
  connect: string,
  texts: PacketTexts,
): string {
  const sentences = {
    connected: texts.whatIfConnected,
    'timed-out': texts.whatIfTimedOut,
    refused: texts.whatIfRefused,
  };
  const halves = { captured: '', ahead: texts.whatIfAhead, behind: texts.whatIfBehind };
  const which = halves[numbers] === '' ? connect : `${connect}, ${halves[numbers]}`;
  const after = seconds < 10 ? String(Number(seconds.toPrecision(3))) : seconds.toFixed(0);
  return fillIn(sentences[outcome], which, after);
}
