import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, formatTuple } from '@tuplescope/net';
import { howOften } from '../how-often.ts';
import { nameProcess } from '../processes.ts';
import type { TakenUp, TakenUpGroup } from './loose-pickup.ts';
import type { EarlierEntry } from './pickup.ts';

/** Says in one sentence which connection outlived its entry, and what its late packet came to. */
export function pickupSummary({ members, state }: TakenUpGroup): string {
  const [first] = members;
  const { client, isFromServer } = first;
  const servers = new Set(
    members.map(({ client: { dst, dport } }) => formatEndpoint({ address: dst, port: dport })),
  );
  const to = servers.size === 1 ? [...servers][0] : `${servers.size} servers`;
  const which =
    members.length === 1
      ? `Connection ${formatTuple(client)}`
      : `${members.length} connections to ${to}`;
  const whose = isFromServer ? 'the server' : 'the client';
  const still = state === 'active' ? ' Its socket is still open and does not know.' : '';
  return `${which} outlived ${members.length === 1 ? 'its' : 'their'} conntrack entry: a late packet of ${whose} was taken for a new connection${outcome(first)}.${still}`;
}

function outcome({ redirectedTo, pickup: { isReset } }: TakenUp): string {
  const redirected = redirectedTo === null ? '' : `, redirected to port ${redirectedTo}`;
  if (isReset) return `${redirected} and answered with a RST`;
  return redirectedTo === null ? '; nothing redirected it, so it did no harm' : redirected;
}

/** Tells what happened, step by step. */
export function pickupStory({ members, state }: TakenUpGroup, incident: Incident): string[] {
  const [first] = members;
  return [
    goneSays(first),
    takenUpSays(first),
    outcomeSays(first),
    ...(state === 'active' ? [stillOpenSays(first)] : []),
    ...looseSays(incident),
  ];
}

function goneSays({ client, earlier, basis }: TakenUp): string {
  const how =
    basis === 'ports'
      ? ' Which end is the client is told from the ports alone: the higher one.'
      : '';
  return `The entry of ${formatTuple(client)} was gone before its ends had done with the connection.${earlierSays(earlier)}${how}`;
}

function earlierSays(earlier: EarlierEntry | null): string {
  if (earlier === null) return '';
  const { state, deletedWith } = earlier;
  return deletedWith === null
    ? ` It was last seen in ${state}.`
    : ` It did not expire: it was deleted in ${state} with ${deletedWith} s left.`;
}

function takenUpSays({ isFromServer, pickup: { orig, times } }: TakenUp): string {
  const again = times > 1 ? ` This happened ${howOften(times)}.` : '';
  const round = isFromServer
    ? 'the two ends stand the wrong way round, as if the server had opened it'
    : 'it stands as if the connection began there';
  return `A late packet came, ${formatTuple(orig)}. conntrack takes connections up in their middle (tcp_loose) and made a new entry, at once in ESTABLISHED: ${round}.${again}`;
}

function outcomeSays({ redirectedTo, pickup, isFromServer }: TakenUp): string {
  const { isReset, reply, orig } = pickup;
  const whose = isFromServer ? 'the server' : 'the client';
  if (redirectedTo !== null) {
    const moved =
      reply.dport === orig.sport
        ? ''
        : `, under source port ${reply.dport} because its own is taken`;
    const answer = isReset
      ? `, so the pod answered with a RST: for ${whose} the connection is reset`
      : '';
    return `To the nat table it was the first packet of an inbound connection: it was redirected to port ${redirectedTo}${moved}. No socket there knows it${answer}.`;
  }
  if (isReset) {
    return `It was answered with a RST: the other end's socket was gone. For ${whose} the connection is reset.`;
  }
  return 'No rule redirected it, and nobody answered. By itself that does no harm; it shows that the connection lived longer than its entry.';
}

function stillOpenSays({ socket }: TakenUp): string {
  const holder = nameProcess(socket?.socket.process[0], 'A process');
  return `${holder} still has the connection open (${socket?.socket.state}). What it sends next will be answered with a RST, or not at all.`;
}

function looseSays(incident: Incident): string[] {
  const loose = incident.sysctl('net.netfilter.nf_conntrack_tcp_loose');
  return loose === null || loose === '0' ? [] : [`nf_conntrack_tcp_loose is ${loose} here.`];
}
