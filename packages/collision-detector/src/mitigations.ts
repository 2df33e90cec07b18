import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { Cause } from './cause.ts';
import type { Mitigation } from './finding.ts';
import type { StaleSocket } from './stale-sockets.ts';

/** What to call the mitigations that a simulated pod can try. */
export const ACTIONS = {
  beLiberal: 'Let conntrack accept segments outside its window',
  ignoreInvalidRst: 'Set nf_conntrack_tcp_ignore_invalid_rst',
  dropInvalid: 'Drop INVALID packets',
  closeWait: 'Keep the entry as long as applications take to close',
} as const;

/** How to run a command in the pod's network namespace: by the proxy's pid where it is known. */
export function inNamespace(stale: StaleSocket | undefined, command: string): string {
  const pid = stale?.sockets[0]?.socket.process[0]?.pid;
  return `nsenter -t ${pid ?? '<pid of the proxy>'} -n ${command}`;
}

/** What frees the ports at once: the stale sockets are closed by hand. */
export function killStaleSockets(sockets: readonly [StaleSocket, ...StaleSocket[]]): Mitigation {
  const [first, ...others] = sockets;
  const isOne = others.length === 0;
  const which = isOne
    ? `src ${formatEndpoint(first.local)} dst ${formatEndpoint(first.peer)}`
    : `src ${formatEndpoint(first.local)}`;
  return {
    action: isOne ? 'Close the stale socket now' : 'Close the stale sockets now',
    command: inNamespace(first, `ss -K state fin-wait-2 ${which}`),
    works: true,
    verifiedBy: 'source',
    why: 'Without the old socket the SYN reaches the listener. Needs a kernel with CONFIG_INET_DIAG_DESTROY.',
    sideEffects: isOne
      ? 'The proxy sees an error on that connection, which nobody uses any more.'
      : 'It closes every half-closed connection of this port, those too that are still in use.',
  };
}

/** What keeps half-closed sockets from outliving their entries. */
export function preventLeak(stale: StaleSocket | undefined): Mitigation[] {
  const key = 'net.netfilter.nf_conntrack_tcp_timeout_close_wait';
  return [
    {
      action: ACTIONS.closeWait,
      command: inNamespace(stale, `sysctl -w ${key}=3600`),
      works: true,
      verifiedBy: 'source',
      why: "While the entry lives, the application's late FIN is translated and closes the proxy's socket. The sysctl is per network namespace: the node's value does not reach a pod.",
      sideEffects: 'Entries of half-closed connections stay up to an hour: the table grows.',
    },
    {
      action: 'Let the proxy give half-closed connections up',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: "Envoy's tcp_proxy idle_timeout (1 hour by default) closes the stale socket; a value below the application's pause shortens the danger to it.",
      sideEffects: 'Idle connections that are still wanted are closed too.',
    },
    {
      action: 'Close sockets in the application as soon as the peer has closed',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: "A FIN within the 60 s of CLOSE_WAIT is translated and closes the proxy's socket.",
      sideEffects: 'None.',
    },
  ];
}

/** What lets a connect through that meets a stale socket, for this cause. */
export function healCollision(
  cause: Cause,
  incident: Incident,
  stale: StaleSocket | undefined,
): Mitigation[] {
  if (cause.kind === 'healed') return [];
  if (cause.kind === 'rule')
    return [removeRule(cause.dropRule.rule.raw, cause.dropRule.rule.chain)];
  return [...healKernel(cause, incident, stale)];
}

function removeRule(text: string, chain: string): Mitigation {
  return {
    action: `Remove the rule that drops the RST (chain ${chain})`,
    command: '',
    works: true,
    verifiedBy: 'source',
    why: `The RST frees the stale socket when it arrives; \`${text}\` keeps it from arriving.`,
    sideEffects: 'RSTs that the rule was meant to hold back are sent again.',
  };
}

function healKernel(
  cause: Cause,
  incident: Incident,
  stale: StaleSocket | undefined,
): Mitigation[] {
  const isKnown = cause.kind === 'kernel';
  const because = isKnown ? '' : ' Whether conntrack is the cause here is not shown.';
  const liberal = 'net.netfilter.nf_conntrack_tcp_be_liberal';
  const isLiberal = incident.sysctl(liberal) === '1';
  const list: Mitigation[] = [
    {
      action: ACTIONS.beLiberal,
      command: inNamespace(stale, `sysctl -w ${liberal}=1`),
      works: isKnown && !isLiberal,
      verifiedBy: 'source',
      why: isLiberal
        ? 'It is 1 already.'
        : `The RST is then valid, is translated, and frees the stale socket: the next SYN connects.${because}`,
      sideEffects:
        'Window checking is off in this namespace: out-of-window segments are no longer INVALID.',
    },
    {
      action: "Run a kernel with commit c410cb974f2b (6.2, 6.1.9, or a vendor's backport)",
      command: '',
      works: isKnown,
      verifiedBy: 'source',
      why: `It lets the RST through that answers a challenge ACK.${because}`,
      sideEffects: 'A kernel update.',
    },
    {
      action: ACTIONS.ignoreInvalidRst,
      command: '',
      works: false,
      verifiedBy: 'source',
      why: 'It is often named as the cure and is not: this RST fails the window test, which that sysctl does not touch.',
      sideEffects: 'None here.',
    },
    {
      action: ACTIONS.dropInvalid,
      command: '',
      works: false,
      verifiedBy: 'source',
      why: 'The RST is lost either way; dropping also holds back the FIN whose loss leaks the socket, and makes more of them.',
      sideEffects: 'Applications stay in LAST-ACK.',
    },
  ];
  return list;
}
