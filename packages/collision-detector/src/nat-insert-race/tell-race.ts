import { formatEndpoint } from '@tuplescope/net';
import { howOften } from '../how-often.ts';
import type { LostSyn } from './lost-syns.ts';
import type { Race } from './nat-insert-race.ts';

/** Says in one sentence that translations ran into each other, and what that cost. */
export function raceSummary({ basis, failed, resolved, lost }: Race): string {
  switch (basis) {
    case 'rose':
      return `NAT gave two connections the same port in the same moment, ${howOften(failed?.rise ?? 0)} between two looks: the first packet of the second one was dropped${delay(lost)}.`;
    case 'packets':
      return `${lost.length === 1 ? 'A connect' : `${lost.length} connects`} lost ${lost.length === 1 ? 'its' : 'their'} first SYN at the translation${delay(lost)}: another connection may have been given the same port in the same moment.`;
    case 'resolved':
      return `NAT gave two packets the same translation in the same moment, ${howOften(resolved?.rise ?? 0)} between two looks; the kernel gave way each time, and nothing was lost.`;
    default:
      return `NAT has given two connections the same port in the same moment, ${howOften(failed?.last.value ?? 0)} since the namespace began: each time a first packet was dropped.`;
  }
}

function delay(lost: readonly LostSyn[]): string {
  const [first] = lost;
  return first === undefined ? '' : ` and came again ${first.seconds.toFixed(1)} s later`;
}

/** Tells how two connections come to one translation, and what becomes of the second. */
export function raceStory({ basis, lost, state }: Race): string[] {
  const [first] = lost;
  return [
    'The port of a translated connection is chosen when its first packet passes, and is entered into the table when that packet leaves. Between the two another processor may choose the same port for another connection: it is still free.',
    basis === 'resolved'
      ? 'Both packets were let through here: the kernel found that one entry can stand for both.'
      : 'The second one to be entered finds its place taken. Its packet is dropped, and nobody is told (insert_failed).',
    ...(first === undefined ? [] : [lostSays(first, lost.length)]),
    ...(state === 'active' ? ['At the last look it was still going on.'] : []),
    ...(basis === 'resolved'
      ? []
      : [
          'TCP sends its SYN again after 1 s; a resolver asks again after 5 s. That is the delay that applications see.',
        ]),
  ];
}

function lostSays({ client, seconds, isConnected }: LostSyn, count: number): string {
  const from = formatEndpoint({ address: client.src, port: client.sport });
  const to = formatEndpoint({ address: client.dst, port: client.dport });
  const others = count > 1 ? ` The same is true of ${count - 1} more.` : '';
  return `The first SYN from ${from} to ${to} was seen before the translation and not behind it. It was sent again ${seconds.toFixed(2)} s later${isConnected ? ', and connected' : ''}.${others}`;
}
