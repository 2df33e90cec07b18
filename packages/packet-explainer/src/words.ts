import type { SocketAction } from '@tuplescope/kernel-model';
import type { MetSocket, Owner } from './explanation.ts';

/** Whom a reader knows an owner as. */
export const OWNER_NAMES: Readonly<Record<Owner, string>> = {
  app: 'the application',
  proxy: 'the proxy',
  peer: 'the other host',
  none: 'the host itself',
};

const DEEDS: Readonly<Record<SocketAction, string>> = {
  accepts: 'takes it',
  'syn-ack': 'answers with a SYN/ACK',
  ack: 'acknowledges it',
  'challenge-ack': 'answers with a challenge ACK and stays as it is',
  suppressed: 'would answer, but answered less than 0.5 s ago and stays silent',
  rst: 'answers with a RST',
  reset: 'is reset',
  ignores: 'does nothing with it',
  retransmits: 'sends its segment again',
  delivers: 'hands the data to its process',
};

/** Says what a socket does with a packet. */
export function deedOf({ owner, state, does }: MetSocket): string {
  if (owner === 'none' && state === 'CLOSED') {
    const answer = does === 'rst' ? 'answers with a RST' : 'shows no answer';
    return `It arrives for a port that has no such connection: the host ${answer}.`;
  }
  if (owner === 'peer' && state === 'CLOSED') {
    const answer = does === 'rst' ? 'answers with a RST' : 'shows no answer';
    return `It leaves for the other host, which never saw this connection and ${answer}.`;
  }
  const socket = state === null ? 'An older socket' : `The ${state} socket`;
  if (state === 'CLOSED') return `No socket is left there; ${OWNER_NAMES[owner]} ${DEEDS[does]}.`;
  return `${socket} of ${OWNER_NAMES[owner]} ${DEEDS[does]}.`;
}

/** Begins a sentence with a name. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `86 ms`, `2.02 s`. */
export function duration(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}
