import { capturesOf, type Incident } from '@tuplescope/incident';
import { eventLogs } from '../entries.ts';
import type { MissingEvidence } from '../finding.ts';
import { lacking } from '../lacking.ts';
import { podCommand } from '../pod-command.ts';
import { TIMEOUT } from './reuse-evidence.ts';
import type { ReuseGroup } from './snat-port-reuse.ts';

/** Names the evidence that would tell more of a reuse, each with the command that gets it here. */
export function reuseMissing({ members }: ReuseGroup, incident: Incident): MissingEvidence[] {
  const [{ outside, basis }] = members;
  // What was captured at the server says nothing of the gateway.
  const onGateway = basis === 'outside' ? (command: string) => command : podCommand(incident);
  const isThere = (is: boolean): boolean => is && basis !== 'outside';
  return lacking([
    [
      members.every((member) => member.basis === 'two-clients'),
      'The packets on all interfaces of the gateway: which clients had the port, and when.',
      onGateway(`tcpdump -i any -n -S -v -s 128 'port ${outside.dport}'`),
    ],
    [
      isThere(eventLogs(incident.captures).length > 0),
      "conntrack's events on the gateway: when the entry of the earlier connection went.",
      onGateway(`conntrack -E -o timestamp -p tcp --orig-port-dst ${outside.dport}`),
    ],
    [
      isThere(capturesOf(incident.captures, 'ruleset').length > 0),
      'The rules of the gateway: how many ports it chooses from.',
      onGateway('iptables-save -c'),
    ],
    [
      isThere(incident.sysctl(TIMEOUT) !== null),
      'The timeouts of the gateway: how long it keeps the port of a closed connection.',
      onGateway('sysctl -a --pattern nf_conntrack_tcp_timeout'),
    ],
  ]);
}
