import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import { findSourceNat } from '../source-nat.ts';
import { TIME_WAIT_SECONDS } from './reuse.ts';
import { TIMEOUT } from './reuse-evidence.ts';
import type { ReuseGroup } from './snat-port-reuse.ts';

/** What keeps a gateway from giving a port out while the other end remembers it. */
export function keepPorts({ members: [{ basis }] }: ReuseGroup, incident: Incident): Mitigation[] {
  const isOutside = basis === 'outside';
  const value = isOutside ? null : incident.sysctl(TIMEOUT);
  const onGateway = isOutside ? (command: string) => command : podCommand(incident);
  const isLong = value !== null && Number(value) >= TIME_WAIT_SECONDS;
  const ranged = (isOutside ? [] : findSourceNat(incident)).find(({ rule }) =>
    /to-(?:ports|source) \S*\d/.test(rule ?? ''),
  );
  return [
    {
      action: 'Keep the entry of a closed connection for as long as the other end remembers it',
      command: onGateway(`sysctl -w ${TIMEOUT}=120`),
      works: !isLong,
      verifiedBy: 'source',
      why: isLong
        ? `It is ${value} s already: the entry went for another reason (a full table, conntrack -D, a gateway that is no Linux).`
        : `${value === null ? '' : `It is ${value} s here. `}While the entry is there, the gateway gives the port to nobody else. The default is 120 s, the other end needs 60 s.`,
      sideEffects:
        'Entries of closed connections stay longer: the table grows, and ports run out sooner.',
    },
    {
      action: 'Choose from more ports, or from more addresses',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: `${ranged?.rule == null ? '' : `The rule is \`${ranged.rule}\`. `}The more there are to choose from, the later one comes again.`,
      sideEffects: 'A wider range may meet ports that the gateway itself uses.',
    },
    {
      action: 'Keep connections open and use them again',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'A connection that is not closed leaves nothing behind to be met.',
      sideEffects: 'A change of the application.',
    },
  ];
}
