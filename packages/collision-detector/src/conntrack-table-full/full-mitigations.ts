import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { FullTable } from './conntrack-table-full.ts';

/** States whose entries no traffic needs any more, with the sysctl and seconds to try. */
const SHORTER: readonly (readonly [key: string, usual: number, action: string])[] = [
  [
    'net.netfilter.nf_conntrack_tcp_timeout_time_wait',
    60,
    'Let entries of closed connections go sooner',
  ],
  [
    'net.netfilter.nf_conntrack_tcp_timeout_established',
    86_400,
    'Let entries of idle connections go sooner',
  ],
];

/** What makes room in the table. */
export function makeRoom({ limit }: FullTable, incident: Incident): Mitigation[] {
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
    ...SHORTER.map(
      ([key, seconds, action]): Mitigation => ({
        action,
        command: inPod(`sysctl -w ${key}=${seconds}`),
        works: isLonger(incident.sysctl(key), seconds),
        verifiedBy: 'source',
        why: `${saidOf(incident.sysctl(key))}Each second less empties the table of what has ended.`,
        sideEffects: key.endsWith('time_wait')
          ? 'Below 60 s a port of a gateway may be given out while the other end still remembers its last connection.'
          : 'Connections that are idle for longer lose their entry: translated ones break.',
      }),
    ),
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

function isLonger(value: string | null, seconds: number): boolean {
  return value === null || Number(value) > seconds;
}

function saidOf(value: string | null): string {
  return value === null ? '' : `It is ${value} s now. `;
}
