import { capturesOf, type Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { ClashGroup } from './client-ip-collision.ts';

/** Names the evidence that would tell more of a clash, each with the command that gets it here. */
export function clashMissing({ members }: ClashGroup, incident: Incident): MissingEvidence[] {
  const inPod = podCommand(incident);
  const [{ client, kind }] = members;
  const texts = capturesOf(incident.captures, 'tcpdump');
  const hasMac = texts.some(({ content }) => [...content.table].some(({ srcMac }) => srcMac));
  return lacking([
    [
      hasMac,
      'The packets with their link headers: which neighbour hands each SYN over.',
      inPod(`tcpdump -i any -e -n -S -v -s 128 'port ${client.dport}'`),
    ],
    [
      capturesOf(incident.captures, 'ss').length > 0,
      kind === 'hairpin'
        ? 'The sockets: which process is connecting to itself.'
        : 'The sockets: which connection has this tuple.',
      inPod('ss -tnaoep'),
    ],
  ]);
}
