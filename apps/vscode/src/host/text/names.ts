import type { PlacedFinding } from '../../protocol/analysis.ts';
import type { Translate } from '../translate.ts';

/** What to call a state of a finding. */
export function stateName(state: PlacedFinding['state'], t: Translate): string {
  const names: Readonly<Record<PlacedFinding['state'], string>> = {
    active: t('Active'),
    latent: t('Latent'),
    past: t('Past'),
  };
  return names[state];
}

/** What to call a family of findings. */
export function familyName(family: PlacedFinding['family'], t: Translate): string {
  const names: Readonly<Record<PlacedFinding['family'], string>> = {
    'client-ip-collision': t('Client address collision'),
    'conntrack-socket-drift': t('Conntrack and sockets disagree'),
    'conntrack-table-full': t('Conntrack table full'),
    'ephemeral-port-exhaustion': t('Ephemeral ports exhausted'),
    'half-closed-leak': t('Half-closed leak'),
    'inbound-port-collision': t('Inbound port collision'),
    'invalid-packet-reset': t('Reset by an INVALID packet'),
    'ipvs-port-reuse': t('Port reused through IPVS'),
    'listener-port-taken': t('Listener port taken'),
    'loose-pickup': t('Picked up in the middle'),
    'nat-insert-race': t('Race for a NAT entry'),
    'outbound-port-collision': t('Outbound port collision'),
    'paws-drop': t('Dropped for an old time stamp'),
    'snat-port-reuse': t('Port reused after SNAT'),
  };
  return names[family];
}
