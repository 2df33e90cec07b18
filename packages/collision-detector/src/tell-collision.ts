import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, formatTuple } from '@tuplescope/net';
import type { KernelAssessment } from './assess-kernel.ts';
import { howOften } from './how-often.ts';
import type { Collision } from './outbound-port-collision.ts';
import { nameProcess } from './processes.ts';
import { outcomeStory } from './tell-outcome.ts';

/** Says in one sentence what collided with what, and how it went. */
export function collisionSummary({ attempt, state, cause, holder, connecting }: Collision): string {
  const { port, tuple } = attempt;
  const to =
    tuple === null ? '' : ` to ${formatEndpoint({ address: tuple.dst, port: tuple.dport })}`;
  const old = `a stale socket of ${nameProcess(holder[0], 'the proxy')}`;
  if (state === 'active') {
    const app = nameProcess(connecting[0], 'an application');
    return `Port ${port} collides: ${app} cannot connect${to}, because its SYN meets ${old}.`;
  }
  if (cause.kind === 'healed') {
    return `Port ${port} collided and healed: a connect${to} met ${old}; a RST ended that socket, and the next SYN connected.`;
  }
  const ruled = cause.kind === 'rule' ? ' A firewall rule drops the RST that would free it.' : '';
  return `Port ${port} collided: a connect${to} met ${old} and did not get through.${ruled}`;
}

/** Tells what happened, step by step, and at the end why it ended so. */
export function collisionStory(
  collision: Collision,
  incident: Incident,
  kernel: KernelAssessment,
): string[] {
  return [
    holderSays(collision),
    connectSays(collision),
    answerSays(collision),
    ...outcomeStory(collision, incident, kernel),
  ];
}

function holderSays({ attempt: { client, port }, stale, holder, state }: Collision): string {
  const from = formatEndpoint({ address: client, port });
  const proxy = nameProcess(holder[0], 'The proxy');
  if (stale === undefined) {
    return `${proxy} had a socket left of an earlier connection from ${from}; no snapshot shows it.`;
  }
  const holds = state === 'active' ? 'holds' : 'held';
  return `${proxy} ${holds} a half-closed socket of an earlier connection from ${from}: FIN-WAIT-2 on ${formatEndpoint(stale.local)}.`;
}

function connectSays({ attempt, stale, connecting }: Collision): string {
  const { tuple, syns } = attempt;
  const app = nameProcess(connecting[0], 'An application');
  const what = tuple === null ? 'a new connection' : `a new connection, ${formatTuple(tuple)},`;
  const through = attempt.interceptionPort ?? stale?.local.port;
  const listener = through === undefined ? 'the interception port' : `port ${through}`;
  const sent = syns > 1 ? ` It was sent ${howOften(syns)}.` : '';
  return `${app} opened ${what} and got the same source port. Its SYN is redirected to ${listener}, where it meets the old socket instead of the listener.${sent}`;
}

function answerSays({ attempt: { challengeAcks } }: Collision): string {
  return challengeAcks > 1
    ? `The old socket answered with ${challengeAcks} challenge ACKs: they belong to the old connection, and none is a SYN-ACK (RFC 5961 section 4).`
    : 'The old socket answers with a challenge ACK: it belongs to the old connection and is no SYN-ACK (RFC 5961 section 4).';
}
