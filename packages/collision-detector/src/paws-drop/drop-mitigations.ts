import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { PawsDrop } from './paws-drop.ts';

/** What keeps SYNs from being refused for their timestamps. */
export function preventDrop(
  { late, passive, isRecycling }: PawsDrop,
  incident: Incident,
): Mitigation[] {
  const inPod = podCommand(incident);
  const recycling: Mitigation[] =
    isRecycling || passive !== null
      ? [
          {
            action: 'Put tcp_tw_recycle out on the server',
            command: inPod('sysctl -w net.ipv4.tcp_tw_recycle=0'),
            works: true,
            verifiedBy: 'source',
            why: 'A server then compares timestamps within a connection only. Since 4.12 kernels do not have the setting any more.',
            sideEffects: 'Closed connections stay in TIME-WAIT for a minute, as they should.',
          },
        ]
      : [];
  if (late.every(({ of }) => of === 'address')) return recycling;
  return [
    ...recycling,
    {
      action: 'Keep the port of a closed connection for 60 s at the gateway',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'Then no other client, whose clock is another, gets the port while the server remembers it (nf_conntrack_tcp_timeout_time_wait on the gateway).',
      sideEffects: 'Entries of closed connections stay longer.',
    },
    {
      action: 'Put timestamps out on the server',
      command: inPod('sysctl -w net.ipv4.tcp_timestamps=0'),
      works: true,
      verifiedBy: 'source',
      why: 'The server then goes by the sequence number alone, which was higher here. A number that is lower is refused all the same.',
      sideEffects:
        'No protection against old segments on fast connections, worse measurements of round-trip time, no tcp_tw_reuse.',
    },
  ];
}
