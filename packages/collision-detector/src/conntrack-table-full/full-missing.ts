import { capturesOf, type Incident } from '@tuplescope/incident';
import { entryListings } from '../entries.ts';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import type { FullTable } from './conntrack-table-full.ts';

/** Names the evidence that would tell more of a full table, each with the command that gets it here. */
export function fullMissing(
  { entries, limit, lines, drops }: FullTable,
  incident: Incident,
): MissingEvidence[] {
  const inPod = podCommand(incident);
  return lacking([
    [
      lines.count > 0 || capturesOf(incident.captures, 'log').length > 0,
      'The kernel log: whether, and when, it said "table full".',
      "dmesg -T | grep 'table full'",
    ],
    [
      entries !== null && !entries.isListing,
      'How many entries there are now.',
      inPod('conntrack -C'),
    ],
    [limit !== null, 'How many there may be.', 'sysctl net.netfilter.nf_conntrack_max'],
    [
      drops !== null && drops.first !== drops.last,
      'The counters, twice with some seconds between: whether packets are being dropped.',
      inPod('sh -c "conntrack -S; sleep 10; conntrack -S"'),
    ],
    [
      entryListings(incident.captures).length > 0,
      'The entries: which state and which service they are of.',
      inPod('conntrack -L'),
    ],
  ]);
}
