import { l10n } from 'vscode';
import type { PlacedFinding } from '../../protocol/analysis.ts';

/** What to call each state of a finding. */
export const STATE_NAMES: Readonly<Record<PlacedFinding['state'], string>> = {
  active: l10n.t('Active'),
  latent: l10n.t('Latent'),
  past: l10n.t('Past'),
};

/** What to call each family of findings. */
export const FAMILY_NAMES: Readonly<Record<PlacedFinding['family'], string>> = {
  'client-ip-collision': l10n.t('Client address collision'),
  'conntrack-socket-drift': l10n.t('Conntrack and sockets disagree'),
  'conntrack-table-full': l10n.t('Conntrack table full'),
  'ephemeral-port-exhaustion': l10n.t('Ephemeral ports exhausted'),
  'half-closed-leak': l10n.t('Half-closed leak'),
  'inbound-port-collision': l10n.t('Inbound port collision'),
  'invalid-packet-reset': l10n.t('Reset by an INVALID packet'),
  'ipvs-port-reuse': l10n.t('Port reused through IPVS'),
  'listener-port-taken': l10n.t('Listener port taken'),
  'loose-pickup': l10n.t('Picked up in the middle'),
  'nat-insert-race': l10n.t('Race for a NAT entry'),
  'outbound-port-collision': l10n.t('Outbound port collision'),
  'paws-drop': l10n.t('Dropped for an old time stamp'),
  'snat-port-reuse': l10n.t('Port reused after SNAT'),
};
