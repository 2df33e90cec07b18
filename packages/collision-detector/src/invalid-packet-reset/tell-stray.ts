import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, formatTuple } from '@tuplescope/net';
import { nameProcess } from '../processes.ts';
import type { LoggedStray } from './logged-stray.ts';
import type { StrayReset } from './stray-reset.ts';

/** Says in one sentence which connection was reset though it was well. */
export function straySummary(strays: readonly [StrayReset, ...StrayReset[]]): string {
  const [{ conversation, server, isExact }] = strays;
  const { client } = conversation;
  const what =
    strays.length === 1
      ? `The connection from ${formatEndpoint(client)} to ${formatEndpoint(server)} was`
      : `${strays.length} connections to ${formatEndpoint(server)} were`;
  const end = isExact
    ? 'which ended it for one side and not for the other'
    : 'which its receiver ignored';
  return `${what} well when a segment of it was not translated, met no socket, and was answered with a RST, ${end}.`;
}

/** Tells what happened, step by step. */
export function strayStory(
  [stray, ...others]: readonly [StrayReset, ...StrayReset[]],
  incident: Incident,
): string[] {
  return [
    wellSays(stray),
    `A segment came that does not fit: ${misfit(stray)}. To conntrack it was INVALID, and an INVALID segment is not translated.`,
    metSays(stray),
    endSays(stray),
    ...(others.length === 0
      ? []
      : [
          `The same happened to ${others.length} more ${others.length === 1 ? 'connection' : 'connections'}.`,
        ]),
    ...liberalSays(incident),
  ];
}

function wellSays({
  conversation: { client, translated },
  server,
  otherServer,
  basis,
}: StrayReset): string {
  const route = `${formatEndpoint(client)} to ${formatEndpoint(server)}`;
  const to = formatEndpoint(otherServer);
  return basis === 'addresses'
    ? `The connection from ${route} is translated on its way (${to} is the other name of its server), and was open.`
    : `The connection from ${route} is redirected to ${translated === null ? 'the proxy' : to}, and was open.`;
}

function misfit({ why, odd }: StrayReset): string {
  switch (why) {
    case 'ack-unsent':
      return `it acknowledges ${odd.ack}, which the other side has not sent`;
    case 'seq-ahead':
      return `its number ${odd.seq} lies beyond what its sender had sent`;
    case 'seq-behind':
      return `its number ${odd.seq} lies before what its sender had sent`;
    default:
      return 'why conntrack takes it for none of the connection, the packets do not tell';
  }
}

function metSays({ server, basis, reset, otherServer }: StrayReset): string {
  if (basis === 'addresses') {
    return `So it arrived from ${formatEndpoint(otherServer)}, which no socket of the receiver is connected to. The kernel answered with a RST that carries its acknowledgement.`;
  }
  const port = reset.direction === 'reply' ? `port ${server.port} itself` : 'its untranslated end';
  return `So it reached ${port} instead of the proxy. No socket there knows the connection, and the kernel answered with a RST that carries its acknowledgement.`;
}

function endSays({ isExact, socket, basis }: StrayReset): string {
  const holder = nameProcess(socket?.socket.process[0], 'The other end');
  if (!isExact) {
    return 'The RST does not carry the number that its receiver expects, so it was ignored: this time the connection lived on.';
  }
  const other =
    socket === null && basis !== 'goes-on'
      ? ''
      : ` ${holder} knows nothing of it and keeps its socket open.`;
  return `The RST carries the very number that its receiver expects: for the receiver the connection is reset ("connection reset by peer").${other}`;
}

function liberalSays(incident: Incident): string[] {
  const value = incident.sysctl('net.netfilter.nf_conntrack_tcp_be_liberal');
  return value === null ? [] : [`nf_conntrack_tcp_be_liberal is ${value} here.`];
}

/** Says in one sentence what log and counters show. */
export function loggedSummary([first, ...others]: readonly LoggedStray[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const which = first === undefined ? '' : ` ${formatTuple(first.tuple)}`;
  return `conntrack calls segments of connection${which}${more} INVALID though it is open, and the pod sends RSTs: it may be resetting connections that are well.`;
}

/** Tells what follows from an INVALID segment, as far as log and counters show it. */
export function loggedStory(strays: readonly LoggedStray[]): string[] {
  const [first] = strays;
  return [
    `${first === undefined ? 'The connection' : formatTuple(first.tuple)} is open and translated, and the kernel logged segments of it as INVALID.`,
    'An INVALID segment is not translated: it meets no socket, and the kernel answers with a RST in the name of the connection.',
    'The counters show that RSTs were sent; whether to these segments, only packets can tell.',
  ];
}
