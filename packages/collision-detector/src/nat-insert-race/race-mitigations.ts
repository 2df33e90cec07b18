import type { Mitigation } from '../finding.ts';
import type { Race } from './nat-insert-race.ts';

/** What keeps translations from running into each other, and what makes it hurt less. */
export function preventRace({ sourceNat, basis }: Race): Mitigation[] {
  const plain = sourceNat.find(({ rule, isFullyRandom }) => rule !== null && !isFullyRandom);
  const isRandom = plain === undefined && sourceNat.some(({ isFullyRandom }) => isFullyRandom);
  const isLost = basis !== 'resolved';
  return [
    {
      action: 'Choose the port at random for each connection (--random-fully)',
      command: commandFor(plain?.rule ?? ''),
      works: isLost && !isRandom,
      verifiedBy: 'source',
      why: isRandom
        ? 'It is on already: what is left are connections that chose the same port by chance, or whose destination is translated.'
        : 'Without it a connection keeps its own port if that is free at the moment of looking, so two clients with one port choose the same. It makes a clash rare, not impossible.',
      sideEffects:
        'Ports on the outside no longer resemble those of the clients. The old rule stays behind the new one until it is removed.',
    },
    {
      action: 'Answer DNS on the node (a cache such as NodeLocal DNSCache)',
      command: '',
      works: isLost,
      verifiedBy: 'source',
      why: 'DNS queries are what most often runs into this: two at once from one socket. A cache on the node needs no translation.',
      sideEffects: 'One more thing that runs on each node.',
    },
    {
      action: 'Let resolvers send their two queries from two sockets',
      command: 'options single-request-reopen',
      works: isLost,
      verifiedBy: 'source',
      why: 'A line of resolv.conf, for glibc: the queries for A and AAAA then have two source ports and cannot clash with each other.',
      sideEffects: 'Each lookup waits for two answers, one after the other. musl ignores it.',
    },
  ];
}

/** A rule of iptables that has nothing in it but words, since a command is there to be copied. */
const PLAIN_RULE = /^-A (\S+)((?: [\w./:,-]+)+)$/;

function commandFor(rule: string): string {
  const [, chain, rest] = PLAIN_RULE.exec(rule) ?? [];
  if (chain === undefined || !/^[\w-]+$/.test(chain)) return '';
  return `iptables -t nat -I ${chain} 1${rest} --random-fully`;
}
