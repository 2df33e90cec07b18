import type { Incident } from '@tuplescope/incident';
import type { Finding } from '../finding.ts';
import type { StrayBasis, StrayReset } from './stray-reset.ts';

const REASONS: Readonly<Record<StrayBasis, string>> = {
  'goes-on':
    "The packets show the RST, and the same end going on with the connection's own numbers after it: its socket did not send the RST.",
  socket:
    "The packets show the RST, and a snapshot taken after it shows the connection's socket still open: it did not send the RST.",
  addresses:
    'The packets show that the segment and the RST carry other addresses than all else of the connection: they were not translated.',
  translated:
    'The packets show a RST from a translated connection that was well; nothing taken after it shows that its socket is still open.',
};

/**
 * Says how sure it is that the RSTs came from no socket of their connections.
 *
 * | confidence | where |
 * |---|---|
 * | certain | the same end goes on after the RST; or a later snapshot shows its socket open; or segment and RST alone carry other addresses |
 * | likely | the connection is translated and was well before the RST; or only a rule tells that it is |
 * | possible | be_liberal is on, so that few segments are INVALID; or only log and counters show it |
 */
export function strayConfidence(
  strays: readonly [StrayReset, ...StrayReset[]],
  incident: Incident,
): Pick<Finding, 'confidence' | 'confidenceReason'> {
  const weakest = strays.find(({ basis }) => basis === 'translated') ?? strays[0];
  const confidenceReason = REASONS[weakest.basis];
  if (weakest.basis !== 'translated') {
    const isShown = strays.every(({ conversation: { translated } }) => translated !== null);
    const only =
      ' That it is translated, only a rule tells: a firewall that sends RSTs looks the same.';
    return isShown
      ? { confidence: 'certain', confidenceReason }
      : { confidence: 'likely', confidenceReason: `${confidenceReason}${only}` };
  }
  const isLiberal = incident.sysctl('net.netfilter.nf_conntrack_tcp_be_liberal') === '1';
  return isLiberal
    ? {
        confidence: 'possible',
        confidenceReason:
          'A RST from a translated connection that was well; but nf_conntrack_tcp_be_liberal is 1, so a segment outside the window is not INVALID.',
      }
    : { confidence: 'likely', confidenceReason };
}
