import { formatEndpoint } from '@tuplescope/net';
import { howOften } from '../how-often.ts';
import { nameProcess } from '../processes.ts';
import type { Clash } from './clash.ts';
import type { ClashGroup } from './client-ip-collision.ts';

/** Says in one sentence what was made alike, and what became of it. */
export function clashSummary({ members, state, sockets }: ClashGroup): string {
  const [first] = members;
  const { kind, client } = first;
  const from = formatEndpoint({ address: client.src, port: client.sport });
  const to = formatEndpoint({ address: client.dst, port: client.dport });
  const more = members.length > 1 ? ` (and ${members.length - 1} more)` : '';
  if (kind === 'hairpin') {
    const who =
      state === 'active' ? nameProcess(sockets[0]?.socket.process[0], 'A process') : 'A connect';
    const cannot = state === 'active' ? 'cannot connect' : 'did not get through';
    return `${who} ${cannot} from ${from} to ${to}${more}: the load balancer sent its SYN back to ${client.src}, which takes no packet from itself.`;
  }
  const through = first.isConnected ? 'got through late' : 'did not get through';
  return `Two connections have the same two ends, ${from} and ${to}${more}: the second one's SYN met the first one's socket and ${through}.`;
}

/** Tells how two connections come to be alike, and what the server does with the second. */
export function clashStory({ members }: ClashGroup): string[] {
  const [first] = members;
  return first.kind === 'hairpin' ? hairpinStory(first) : twoWaysStory(first);
}

function hairpinStory({ client, hops, syns }: Clash): string[] {
  const left = hops.first === null ? '' : ` with TTL ${hops.first}`;
  return [
    `${client.src} opened a connection to ${formatEndpoint({ address: client.dst, port: client.dport })}. Its SYN left${left} and came back with TTL ${hops.second}: to ${client.src}, and from ${client.src}.`,
    'The load balancer keeps the address of the client, and chose the client itself as the server.',
    'A host takes no packet from outside that has its own address as the source. The kernel drops it and counts it as martian.',
    `So nobody answers: the SYN was sent ${howOften(syns)}, until the application gives up.`,
  ];
}

function twoWaysStory(clash: Clash): string[] {
  if (clash.kind !== 'two-ways') return [];
  const { client, hops, shows, syns, isConnected } = clash;
  const from = formatEndpoint({ address: client.src, port: client.sport });
  return [
    `A connection from ${from} to ${formatEndpoint({ address: client.dst, port: client.dport })} is alive. A second SYN came with the same two ends and another sequence number.`,
    ...(shows.includes('ttl')
      ? [
          `It came another way: its TTL is ${hops.second}, that of the first connection ${hops.first}.`,
        ]
      : []),
    ...(shows.includes('mac') ? ['Another neighbour handed it over.'] : []),
    ...(shows.includes('goes-on')
      ? ['The first connection went on afterwards, with its own numbers.']
      : []),
    'No host has two connections with the same two ends. To the client they go to two addresses, of two nodes or two balancers; both keep its address and its port, and lead to this server.',
    `The server answers the second SYN with an ACK of the first connection, which goes to the first. The SYN was sent ${howOften(syns)}${isConnected ? ', and connected in the end' : ' and was not answered'}.`,
  ];
}
