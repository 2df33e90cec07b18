import { capturesOf, type Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { Race } from './nat-insert-race.ts';

/** Names the evidence that would tell more of a race, each with the command that gets it here. */
export function raceMissing({ failed, lost }: Race, incident: Incident): MissingEvidence[] {
  const inPod = podCommand(incident);
  return lacking([
    [
      failed !== null && failed.first !== failed.last,
      'The counters of conntrack, twice with some seconds between: whether insert_failed rises.',
      inPod('sh -c "conntrack -S; sleep 10; conntrack -S"'),
    ],
    [
      lost.length > 0,
      'The packets on all interfaces: which SYN, or which query, came to the translation and did not leave it.',
      inPod("tcpdump -i any -n -S -v -s 128 'tcp[13] & 2 != 0 or udp port 53'"),
    ],
    [
      capturesOf(incident.captures, 'ruleset').length > 0,
      'The rules: whether ports are chosen at random.',
      inPod('iptables-save -c'),
    ],
  ]);
}
