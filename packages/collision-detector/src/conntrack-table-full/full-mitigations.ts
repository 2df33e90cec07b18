import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { FullTable } from './conntrack-table-full.ts';
import type { TableShares } from './table-shares.ts';

/** Timeouts that may be shortened: the state, its sysctl, the seconds to try. */
const SHORTER: readonly (readonly [
  state: string,
  name: string,
  seconds: number,
  action: string,
])[] = [
  ['TIME_WAIT', 'time_wait', 60, 'Let entries of closed connections go sooner'],
  ['ESTABLISHED', 'established', 86_400, 'Let entries of silent connections go sooner'],
];

/** Fewer than this share of the entries are not worth a shorter timeout. */
const WORTH = 0.1;

/** What makes room in the table. */
export function makeRoom(
  { limit }: FullTable,
  shares: TableShares | null,
  incident: Incident,
): Mitigation[] {
  const inPod = podCommand(incident);
  const doubled = limit === null ? '<twice as many>' : String(limit * 2);
  return [
    {
      action: 'Let the table hold more entries',
      command: `sysctl -w net.netfilter.nf_conntrack_max=${doubled}`,
      works: true,
      verifiedBy: 'source',
      why: 'New connections find room again. The limit is of the whole kernel: it is set on the node, outside any pod, and holds for the table of each namespace by itself.',
      sideEffects:
        'Kernel memory for each entry. Where nf_conntrack_buckets stays as it is, lookups take longer.',
    },
    ...SHORTER.map(([state, name, seconds, action]): Mitigation => {
      const key = `net.netfilter.nf_conntrack_tcp_timeout_${name}`;
      const value = incident.sysctl(key);
      const count = shares?.states.get(state) ?? 0;
      const isFew = shares !== null && count < WORTH * shares.total;
      return {
        action,
        command: inPod(`sysctl -w ${key}=${seconds}`),
        works: !isFew && (value === null || Number(value) > seconds),
        verifiedBy: 'source',
        why: `${value === null ? '' : `It is ${value} s now. `}${isFew ? `Only ${count} of ${shares.total} entries are in ${state}: it would make little room.` : 'The sooner entries go, the fewer there are at a time.'}`,
        sideEffects:
          state === 'TIME_WAIT'
            ? 'Below 60 s a port of a gateway may be given out while the other end still remembers its last connection.'
            : 'Connections that are silent for longer lose their entry: translated ones break.',
      };
    }),
    {
      action: 'Open fewer connections',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'Each connection takes an entry for as long as it lives and two minutes more: pools and keep-alive need fewer.',
      sideEffects: 'A change of the application.',
    },
  ];
}
