import { formatEndpoint } from '@tuplescope/net';
import { howOften } from '../how-often.ts';
import type { LateStamp } from './late-stamp.ts';
import type { PawsDrop } from './paws-drop.ts';

/** Says in one sentence what was refused and why, or what is going to be. */
export function dropSummary({ late, passive, state, isRecycling }: PawsDrop): string {
  const [first] = late;
  if (passive !== null && passive.last.value > 0) {
    const times = howOften(passive.rise > 0 ? passive.rise : passive.last.value);
    const when = passive.rise > 0 ? 'between two looks' : 'since the namespace began';
    return `The server dropped SYNs because of their timestamps, ${times} ${when}: clients that share an address do not share a clock.`;
  }
  if (first !== undefined) {
    const from = formatEndpoint({ address: first.client.src, port: first.client.sport });
    const to = formatEndpoint({ address: first.client.dst, port: first.client.dport });
    const more = late.length > 1 ? ` (and ${late.length - 1} more)` : '';
    const through = first.isConnected ? 'got through late' : 'did not get through';
    return `A connect from ${from} to ${to}${more} ${through}: its timestamp is lower than that of the connection before it.`;
  }
  return isRecycling && state === 'latent'
    ? 'tcp_tw_recycle is on: of clients that share an address, those with the slower clock cannot connect.'
    : 'SYNs were dropped because of their timestamps.';
}

/** Tells how a timestamp comes to be lower, and what a server makes of it. */
export function dropStory({ late, isRecycling, passive }: PawsDrop): string[] {
  const ofConnection = late.find(({ of }) => of === 'connection');
  const ofAddress = late.find(({ of }) => of === 'address');
  return [
    'A timestamp tells a segment of now from one that was under way too long: what is lower than the last is refused (PAWS). Each host counts from somewhere else.',
    ...(isRecycling || passive !== null
      ? [
          'With tcp_tw_recycle a server keeps the last timestamp of each address, not of each connection, for a minute. Clients behind a gateway share one address: of those whose clock is behind, every SYN is dropped without a word.',
        ]
      : []),
    ...(ofAddress === undefined ? [] : [addressSays(ofAddress)]),
    ...(ofConnection === undefined ? [] : [connectionSays(ofConnection)]),
  ];
}

function addressSays({ client, stamp, before }: LateStamp): string {
  return `A SYN from ${formatEndpoint({ address: client.src, port: client.sport })} had no answer. Its timestamp is ${stamp}; another connection from ${client.src} had ${before}.${roundSays(stamp, before)}`;
}

function connectionSays({ client, stamp, before, isConnected }: LateStamp): string {
  const how = isConnected
    ? 'The client refused that with a RST, which ended what the server remembered, and its next SYN was answered.'
    : 'The connect did not get through.';
  return `The server still remembered a closed connection from ${formatEndpoint({ address: client.src, port: client.sport })}, with the timestamp ${before}. The new SYN has ${stamp}: its number is higher and would do, its timestamp is lower.${roundSays(stamp, before)} The server answered with an ACK of the old connection. ${how}`;
}

/** Half of all numbers are lower than any (RFC 7323 section 5.2), also some that look higher. */
function roundSays(stamp: number, before: number): string {
  return stamp < before ? '' : ' (Timestamps go round at 2^32: this one is behind, not ahead.)';
}
