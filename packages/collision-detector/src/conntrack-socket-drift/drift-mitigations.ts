import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, parseIpv4, parseIpv6 } from '@tuplescope/net';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { Drift } from './conntrack-socket-drift.ts';

/** What brings sockets and entries together again. */
export function bringTogether(drift: Drift, incident: Incident): Mitigation[] {
  if (drift.state === 'past') return [timeoutFor(drift, incident)];
  return [nowFor(drift, incident), timeoutFor(drift, incident)];
}

function nowFor(drift: Drift, incident: Incident): Mitigation {
  const inPod = podCommand(incident);
  if (drift.kind === 'forgotten') {
    const [{ local }] = drift.sockets;
    return {
      action: 'Close the forgotten connections, so that they are opened anew',
      command: inPod(`ss -K state established src ${formatEndpoint(local)}`),
      works: true,
      verifiedBy: 'source',
      why: 'A new connection has an entry. Needs a kernel with CONFIG_INET_DIAG_DESTROY.',
      sideEffects: 'It closes every connection of this port, those too that are well.',
    };
  }
  const [{ state, orig }] = drift.entries;
  const isCommand = [orig.src, orig.dst].every(isAddress);
  return {
    action: 'Delete the entries',
    command: isCommand
      ? inPod(`conntrack -D -p tcp --state ${state} -s ${orig.src} -d ${orig.dst}`)
      : '',
    works: true,
    verifiedBy: 'source',
    why: 'Nothing belongs to them: the next connection from one of these ports gets an entry of its own.',
    sideEffects:
      'Entries of living connections between the same two addresses go too: translated ones break. One address after the other.',
  };
}

function timeoutFor(drift: Drift, incident: Incident): Mitigation {
  const inPod = podCommand(incident);
  const [name, seconds, action, why] = ADVICE[drift.kind];
  const key = `net.netfilter.nf_conntrack_tcp_timeout_${name}`;
  const value = incident.sysctl(key);
  const isSo =
    value !== null &&
    (drift.kind === 'forgotten' ? Number(value) >= seconds : Number(value) <= seconds);
  return {
    action,
    command: inPod(`sysctl -w ${key}=${seconds}`),
    works: !isSo,
    verifiedBy: 'source',
    why: `${value === null ? '' : `It is ${value} s ${isSo ? 'already' : 'here'}. `}${why}`,
    sideEffects:
      drift.kind === 'forgotten'
        ? 'Entries of connections that ended without a word stay for as long: the table grows.'
        : 'A translated connection that is silent for longer breaks; keep-alive has to be more frequent.',
  };
}

const ADVICE: Readonly<
  Record<Drift['kind'], readonly [name: string, seconds: number, action: string, why: string]>
> = {
  orphans: [
    'established',
    86_400,
    'Let entries of silent connections go sooner',
    'What ends without a FIN or RST that conntrack sees leaves its entry behind for that long.',
  ],
  flood: [
    'close_wait',
    60,
    'Let entries in CLOSE_WAIT go sooner',
    'kube-proxy sets an hour; 60 s is the default of the kernel. Behind a redirecting rule the hour is there for a reason: there it keeps half-closed connections translated.',
  ],
  forgotten: [
    'established',
    432_000,
    'Keep entries for as long as connections may be silent',
    'A connection that is silent for longer loses its entry; keep-alive on the connection does the same service.',
  ],
};

/** A command is there to be copied: what stands in a listing may be any text. */
function isAddress(text: string): boolean {
  return parseIpv4(text) !== null || parseIpv6(text) !== null;
}
