import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import { howOften } from '../how-often.ts';
import { type Reuse, TIME_WAIT_SECONDS } from './reuse.ts';
import { TIMEOUT } from './reuse-evidence.ts';
import type { ReuseGroup } from './snat-port-reuse.ts';

/** Says in one sentence which port came too early, and how the connect went. */
export function reuseSummary({ members, state }: ReuseGroup): string {
  const [first] = members;
  const { outside, client } = first;
  const server = formatEndpoint({ address: outside.dst, port: outside.dport });
  const which =
    members.length === 1
      ? `A connect from ${formatEndpoint({ address: client.src, port: client.sport })} to ${server}`
      : `${members.length} connects to ${server}`;
  const port =
    first.basis === 'outside' && members.length === 1
      ? 'took a port again'
      : members.length === 1
        ? `got the gateway's port ${outside.sport}`
        : "got ports of the gateway's";
  return `${which} ${port}, which the server still remembered from an earlier connection${howItWent(first, state)}.`;
}

function howItWent({ isConnected, seconds }: Reuse, state: string): string {
  if (state === 'active') return ', and has not got through yet';
  if (!isConnected) return ', and did not get through';
  return seconds === null
    ? ', and got through late'
    : `, and got through ${duration(seconds)} later`;
}

function duration(seconds: number): string {
  return seconds < 0.1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

/** Tells whose port it was, what the server answered, and how it went on. */
export function reuseStory({ members }: ReuseGroup, incident: Incident): string[] {
  const [first] = members;
  return [
    beforeSays(first),
    ...(first.basis === 'outside' ? [] : timeoutSays(incident)),
    `The server keeps a closed connection for ${TIME_WAIT_SECONDS} s (TIME_WAIT). It takes a new SYN on the same two ends only if its sequence number or its timestamp is higher, and another client has others. It answered ${howOften(first.answers)} with an ACK of the old connection.`,
    first.isConnected
      ? 'The client refuses that ACK with a RST. The RST ended what the server remembered, and the next SYN was answered.'
      : 'The client refuses that ACK with a RST; the server did not let go. It drops such a RST where tcp_rfc1337 is set, and does not get it where conntrack calls it INVALID or a filter drops it.',
    ...(members.length > 1 ? [`The same happened to ${members.length - 1} more connects.`] : []),
  ];
}

function beforeSays({ earlier, outside, gap }: Reuse): string {
  const behind = formatEndpoint({ address: outside.src, port: outside.sport });
  const server = formatEndpoint({ address: outside.dst, port: outside.dport });
  const who =
    earlier === null
      ? 'An earlier connection'
      : `The connection of ${formatEndpoint({ address: earlier.src, port: earlier.sport })}`;
  const ago = gap === null ? '' : ` It was over for ${gap.toFixed(1)} s when the port came again.`;
  return `${who} to ${server} had been ${behind} to the server.${ago}`;
}

function timeoutSays(incident: Incident): string[] {
  const value = incident.sysctl(TIMEOUT);
  if (value === null || Number(value) >= TIME_WAIT_SECONDS) return [];
  return [`The gateway forgets a closed connection after ${value} s, and its port is free again.`];
}
