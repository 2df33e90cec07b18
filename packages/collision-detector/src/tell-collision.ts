import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, formatTuple } from '@tuplescope/net';
import type { KernelAssessment } from './assess-kernel.ts';
import type { Collision } from './outbound-port-collision.ts';
import { nameProcess } from './processes.ts';

/** Says in one sentence what collided with what, and how it went. */
export function collisionSummary({ attempt, state, cause, holder, connecting }: Collision): string {
  const { port, tuple } = attempt;
  const app = nameProcess(connecting[0], 'A connect');
  const to =
    tuple === null ? '' : ` to ${formatEndpoint({ address: tuple.dst, port: tuple.dport })}`;
  const old = `a stale socket of ${nameProcess(holder[0], 'the proxy')}`;
  if (state === 'active') {
    return `Port ${port} collides: ${app} cannot connect${to}, because the SYN meets ${old}.`;
  }
  if (cause.kind === 'healed') {
    return `Port ${port} collided and healed: a connect${to} met ${old}, whose RST got through, and the next SYN connected.`;
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
  const { attempt, stale, holder, connecting } = collision;
  const { port, client, syns, challengeAcks, tuple } = attempt;
  const through = attempt.interceptionPort ?? stale?.local.port;
  const listener = through === undefined ? 'the interception port' : `port ${through}`;
  const from = formatEndpoint({ address: client, port });
  const proxy = nameProcess(holder[0], 'The proxy');
  const app = nameProcess(connecting[0], 'An application');
  const old =
    stale === undefined
      ? `${proxy} still held a socket of an earlier connection from ${from}, which no snapshot shows.`
      : `${proxy} still holds a half-closed socket of an earlier connection from ${from}: FIN-WAIT-2 on ${formatEndpoint(stale.local)}.`;
  const sent = syns > 1 ? ` The SYN was sent ${syns} times.` : '';
  const answers = challengeAcks > 1 ? `, ${challengeAcks} times` : '';
  return [
    old,
    `${app} opened a new connection${tuple === null ? '' : `, ${formatTuple(tuple)},`} and got the same source port. The rules redirect its SYN to ${listener}, where it met the old socket instead of the listener.${sent}`,
    `The old socket answered with a challenge ACK${answers}: an ACK of the old connection, not a SYN-ACK (RFC 5961 section 4).`,
    ...endOf(collision, incident, kernel),
  ];
}

function endOf(
  { cause, attempt }: Collision,
  incident: Incident,
  kernel: KernelAssessment,
): string[] {
  const { resets, outcome, begin, end } = attempt;
  const count = resets.untranslated;
  switch (cause.kind) {
    case 'healed': {
      const took = begin === null || end === null ? '' : ` after ${(end - begin).toFixed(2)} s`;
      return [
        'The client answered with a RST. conntrack found it valid and translated it, so it reached the old socket and ended it.',
        `The next SYN reached the listener: the connect succeeded${took}.`,
      ];
    }
    case 'rule':
      return [
        `The client answered with a RST, and a rule in chain ${cause.dropRule.rule.chain} dropped it: \`${cause.dropRule.rule.raw}\`.`,
        'The old socket never heard it, so every further SYN met it again. The rule is the cause; nothing here shows a fault of the kernel.',
      ];
    case 'kernel': {
      const seen =
        cause.basis === 'seen' && count > 0
          ? `It was seen leaving with its untranslated address${count > 1 ? ` ${count} times` : ''}.`
          : `${kernel.profile ?? 'This kernel'} is known to do so.`;
      return [
        'The client answered with a RST that carries the challenge ACK’s number. conntrack compared it with the window of the new SYN and called it INVALID.',
        `An INVALID packet is not translated: the RST left for the service instead of the old socket. ${seen}`,
        `So each further SYN meets the old socket again, until the application gives up${patience(incident)}.`,
      ];
    }
    default:
      return [
        outcome === 'not-connected'
          ? 'What became of the client’s RST is not shown, and no success either: whether conntrack or a rule held it back is not known.'
          : 'How it went on is not shown.',
      ];
  }
}

/** With tcp_syn_retries = n the last SYN is given 2^n s: 1 + 2 + … + 2^n. */
function patience(incident: Incident): string {
  const retries = Number(incident.sysctl('net.ipv4.tcp_syn_retries') ?? 6);
  if (!Number.isInteger(retries) || retries < 1 || retries > 12) return '';
  return ` (about ${2 ** (retries + 1) - 1} s with ${retries} retries, or its own limit)`;
}
