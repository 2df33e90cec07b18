import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import { howOften } from '../how-often.ts';
import { nameProcess } from '../processes.ts';
import type { InboundChallenge } from './inbound-port-collision.ts';

/** Says in one sentence which connect met what, and how it went. */
export function challengeSummary({ attempt, first, cause, state }: InboundChallenge): string {
  const client = formatEndpoint({ address: attempt.client, port: attempt.port });
  const to = attempt.tuple === null ? 'the pod' : `port ${attempt.tuple.dport}`;
  const old =
    first === null
      ? 'an earlier connection of the same client port'
      : `its own connection to port ${first.dport}`;
  if (state === 'active') {
    return `Client ${client} cannot connect to ${to}: its SYN meets the proxy's socket of ${old}, whose conntrack entry is gone.`;
  }
  if (cause.kind === 'healed') {
    return `Client ${client} collided with itself: its connect to ${to} met the proxy's socket of ${old}, and got through by ending that connection.`;
  }
  const ruled = cause.kind === 'rule' ? ' A firewall rule drops the RST that would free it.' : '';
  return `Client ${client} collided with itself: its connect to ${to} met the proxy's socket of ${old} and did not get through.${ruled}`;
}

/** Tells what happened, step by step, and what became of both connections. */
export function challengeStory(challenge: InboundChallenge, incident: Incident): string[] {
  const { attempt, first, holders } = challenge;
  const client = formatEndpoint({ address: attempt.client, port: attempt.port });
  const through =
    attempt.interceptionPort === null ? 'one port' : `port ${attempt.interceptionPort}`;
  const to = attempt.tuple === null ? 'the pod' : `port ${attempt.tuple.dport}`;
  const proxy = nameProcess(holders[0]?.socket.process[0], 'The proxy');
  const old = first === null ? 'a connection' : `a connection to port ${first.dport}`;
  const sent = attempt.syns > 1 ? ` It was sent ${howOften(attempt.syns)}.` : '';
  const acks =
    attempt.challengeAcks > 1 ? `${attempt.challengeAcks} challenge ACKs` : 'a challenge ACK';
  return [
    `${proxy} had ${old} of the pod from ${client}, redirected to ${through}. Its conntrack entry was gone while the socket lived.`,
    `From the same port the client opened one to ${to}, redirected to ${through} too. Nothing told NAT that the ends were taken, so it kept the source port, and the SYN met the first connection's socket instead of the listener.${sent}`,
    `That socket answered with ${acks}: numbers of the first connection, which mean nothing to the second (RFC 5961 section 4).`,
    ...outcomeStory(challenge, incident),
  ];
}

function outcomeStory({ cause, attempt }: InboundChallenge, incident: Incident): string[] {
  switch (cause.kind) {
    case 'healed':
      return [
        "The client answered with a RST. It was translated and reached the first connection's socket, and ended it. The next SYN reached the listener and connected.",
        'The first connection is dead, and its client does not know: what it sends next is answered with a RST ("connection reset by peer").',
      ];
    case 'rule':
      return [
        `The client answered with a RST, and a rule in chain ${cause.dropRule.rule.chain} dropped it: \`${cause.dropRule.rule.raw}\`.`,
        'So each further SYN met the same socket. The rule is the cause; nothing here shows a fault of the kernel.',
      ];
    case 'kernel':
      return [
        `The client answered with a RST. conntrack compared its number with the window of the new SYN and called it INVALID, so it was not translated and never reached the first connection's socket.${cause.basis === 'profile' ? ' That was not captured; this kernel is known to do so with about half of such RSTs.' : ''}`,
        'So each further SYN meets the same socket, until the client gives up.',
      ];
    default:
      return [
        attempt.outcome === 'not-connected'
          ? `What became of the client's RST is not shown, nor a success. ${expectation(incident)}`
          : 'How it went on is not shown.',
      ];
  }
}

function expectation(incident: Incident): string {
  return incident.kernel === null
    ? 'On an affected kernel about half of such connects time out; which kernel this is, is not known.'
    : 'Whether conntrack or a rule held it back is not known.';
}
