import { formatEndpoint } from '@tuplescope/net';
import type { StuckGroup } from './ipvs-port-reuse.ts';
import type { Stuck } from './stuck-port.ts';

/** Says in one sentence where the port is sent, or what it loses. */
export function stuckSummary({ members, state }: StuckGroup): string {
  const [first] = members;
  const { client } = first;
  const service = formatEndpoint({ address: client.dst, port: client.dport });
  const from = formatEndpoint({ address: client.src, port: client.sport });
  const more = members.length > 1 ? ` (and ${members.length - 1} more)` : '';
  if (first.kind === 'delayed') {
    return `A connect from ${from}${more} to ${service} took a second longer: IPVS dropped its first SYN, because the port was used shortly before.`;
  }
  const server = first.server === null ? 'a server' : formatEndpoint(first.server);
  const how =
    first.weight === 0 ? 'which is drained (weight 0)' : 'which is no longer in the service';
  switch (state) {
    case 'active':
      return `A connect from ${from}${more} to ${service} is sent to ${server}, ${how}: IPVS remembers the port's last connection.`;
    case 'latent':
      return `The next connect from ${from}${more} to ${service} will be sent to ${server}, ${how}: IPVS remembers the port's last connection.`;
    default:
      return `A connect from ${from}${more} to ${service} was sent to ${server}, ${how}: IPVS remembered the port's last connection.`;
  }
}

/** Tells what IPVS remembers, and what it makes of a port that comes again. */
export function stuckStory({ members: [first], mode }: StuckGroup): string[] {
  if (first.kind === 'delayed') return delayedStory(first);
  const { client, server, weight, isConnecting } = first;
  const from = formatEndpoint({ address: client.src, port: client.sport });
  const to = server === null ? 'a server' : formatEndpoint(server);
  return [
    `IPVS keeps a closed connection for two minutes. ${from} had one to ${to}.`,
    weight === 0
      ? `${to} has weight 0 since: it gets no new connections, but it is still a server of the service.`
      : `${to} is not a server of the service any more.`,
    `${mode.value === 0 ? 'conn_reuse_mode is 0' : 'Where conn_reuse_mode is 0'}: a SYN from a port that IPVS remembers is no new connection to it, and goes where the last one went.`,
    isConnecting
      ? 'So this SYN goes to a server that does not answer. Each SYN that follows keeps the memory alive.'
      : 'So the next connect from this port within that time goes to a server that may not answer.',
  ];
}

function delayedStory({ client, seconds }: Extract<Stuck, { kind: 'delayed' }>): string[] {
  const from = formatEndpoint({ address: client.src, port: client.sport });
  return [
    `IPVS keeps a closed connection for two minutes. ${from} had one to the same service, and connected again.`,
    'Before 5.9 a kernel with conn_reuse_mode 1 and vs.conntrack 1 drops the SYN of such a connect: it has to forget the old connection first.',
    `The SYN was sent again ${seconds.toFixed(2)} s later, and was answered.`,
  ];
}
