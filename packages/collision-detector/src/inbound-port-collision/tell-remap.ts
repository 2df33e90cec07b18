import { formatEndpoint } from '@tuplescope/net';
import type { Remap } from './remap.ts';

/** Says in one sentence whose connection was moved, and that both work. */
export function remapSummary(remaps: readonly [Remap, ...Remap[]]): string {
  const [{ client, moved, first, to, state, interceptionPort }] = remaps;
  const isNow = state === 'active';
  if (remaps.length > 1) {
    const clients = new Set(remaps.map((remap) => remap.client.address)).size;
    const whose = clients === 1 ? `Client ${client.address}` : `${clients} clients`;
    return `${remaps.length} inbound connections ${isNow ? 'share' : 'shared'} a client port with another one of the same client (${whose}), redirected to port ${interceptionPort}: conntrack moved them to other source ports. They ${isNow ? 'work, but the proxy does not see' : 'worked, but the proxy did not see'} the client's port.`;
  }
  const to1 = first === null ? '' : `ports ${first.dport} and `;
  const word = first === null ? 'port ' : '';
  return `Client ${formatEndpoint(client)} ${isNow ? 'has' : 'had'} connections to ${to1}${word}${moved.dport} of the pod, redirected to port ${interceptionPort}: conntrack moved one to source port ${to}. Both ${isNow ? 'work, but the proxy does not see' : 'worked, but the proxy did not see'} the client's port.`;
}

/** Tells why NAT moved the connection, and what would happen without the first one's entry. */
export function remapStory(remaps: readonly [Remap, ...Remap[]]): string[] {
  const [{ client, moved, first, to, interceptionPort }] = remaps;
  const from = formatEndpoint(client);
  const had =
    first === null
      ? `Another connection of ${from} had been redirected to port ${interceptionPort}; its entry is not there any more.`
      : `${from} has a connection to port ${first.dport} of the pod. It is redirected to port ${interceptionPort}.`;
  return [
    had,
    `From the same port it opened one to port ${moved.dport}, redirected to the same port ${interceptionPort}: at the proxy both would have the same two ends. conntrack saw that, because the first one's entry was there, and gave the second source port ${to}.`,
    'Both connections work. The proxy, its logs and its policies see a client port that the client does not have.',
    "If the first one's entry goes while its socket lives, the next such connection is not moved and meets that socket instead of the listener.",
  ];
}
