import { capturesOf, type Incident } from '@tuplescope/incident';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { PawsDrop } from './paws-drop.ts';

/** Names the evidence that would tell more of such a drop, each with the command that gets it here. */
export function dropMissing(
  { late, passive, timewait }: PawsDrop,
  incident: Incident,
): MissingEvidence[] {
  const inPod = podCommand(incident);
  const course = passive ?? timewait;
  return lacking([
    [
      course !== null && course.first !== course.last,
      'The counters, twice with some seconds between: whether SYNs are being refused.',
      inPod('sh -c "nstat -zas | grep PAWS; sleep 10; nstat -zas | grep PAWS"'),
    ],
    [
      late.length > 0,
      'The packets with their options: whether SYNs with lower timestamps are left without an answer.',
      inPod("tcpdump -i any -n -S -v -s 128 'tcp[13] & 2 != 0'"),
    ],
    [
      capturesOf(incident.captures, 'sysctl').length > 0,
      'The settings: whether tcp_tw_recycle is on.',
      inPod('sysctl -a --pattern "tcp_(tw|timestamps)"'),
    ],
  ]);
}
