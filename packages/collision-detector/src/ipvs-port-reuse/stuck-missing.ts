import type { Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { StuckGroup } from './ipvs-port-reuse.ts';

/** Names the evidence that would tell more, each with the command that gets it here. */
export function stuckMissing(
  { mode, members: [first] }: StuckGroup,
  isUnanswered: boolean,
  incident: Incident,
): MissingEvidence[] {
  const onNode = podCommand(incident);
  const { client } = first;
  return lacking([
    [
      mode.value !== null,
      'The settings of IPVS: what it does with a port that comes again.',
      onNode('sysctl -a --pattern net.ipv4.vs'),
    ],
    [
      first.kind === 'drained',
      'What IPVS lists: where it sends the port, and the weights of the servers.',
      onNode('sh -c "ipvsadm -Ln; ipvsadm -Lnc"'),
    ],
    [
      isUnanswered || first.kind === 'delayed',
      'The packets: whether the SYN has an answer.',
      onNode(`tcpdump -i any -n -S -v -s 128 'port ${client.sport}'`),
    ],
    [mode.isOldKernel !== null, 'The kernel: 5.9 and later choose another server.', 'uname -a'],
  ]);
}
