import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { InboundChallenge } from './inbound-port-collision.ts';

/** What keeps two connections of one client port apart; null: NAT kept them apart already. */
export function preventInbound(
  incident: Incident,
  challenge: InboundChallenge | null,
): Mitigation[] {
  return [
    ...(challenge?.cause.kind === 'rule' ? [removeRule(challenge.cause.dropRule.rule.raw)] : []),
    {
      action: 'Intercept inbound traffic with TPROXY instead of REDIRECT',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'The proxy then sees both ends untranslated: connections to two ports differ by the port, and the client keeps its own. Istio: annotation sidecar.istio.io/interceptionMode: TPROXY.',
      sideEffects: 'The proxy needs CAP_NET_ADMIN.',
    },
    {
      action: 'Let the client take another source port for each connection',
      command: '',
      works: true,
      verifiedBy: 'source',
      why: 'Connections from two ports never have the same ends at the proxy. A client that binds a fixed port, or a NAT gateway in front of it, uses one for several destinations.',
      sideEffects: 'None for most clients; a firewall may know the client by its port.',
    },
    ...(challenge === null ? [] : [keepEntry(incident), ...letResetThrough(incident, challenge)]),
  ];
}

function removeRule(text: string): Mitigation {
  return {
    action: 'Remove the rule that drops the RST',
    command: '',
    works: true,
    verifiedBy: 'source',
    why: `The client's RST frees the ends when it arrives; \`${text}\` keeps it from arriving.`,
    sideEffects: 'The RST ends the first connection.',
  };
}

function keepEntry(incident: Incident): Mitigation {
  const key = 'net.netfilter.nf_conntrack_tcp_timeout_established';
  const value = incident.sysctl(key);
  const isLong = value !== null && Number(value) >= 432_000;
  return {
    action: "Keep the first connection's entry as long as it lives",
    command: podCommand(incident)(`sysctl -w ${key}=432000`),
    works: !isLong,
    verifiedBy: 'source',
    why: isLong
      ? `It is ${value} s already: the entry was deleted, not expired.`
      : `${value === null ? '' : `It is ${value} s now. `}While the entry lives, NAT moves the second connection to another source port, and both work.`,
    sideEffects: 'Entries of idle connections stay longer: the table grows.',
  };
}

function letResetThrough(incident: Incident, { cause }: InboundChallenge): Mitigation[] {
  if (cause.kind === 'healed' || cause.kind === 'rule') return [];
  const key = 'net.netfilter.nf_conntrack_tcp_be_liberal';
  const isOn = incident.sysctl(key) === '1';
  return [
    {
      action: "Let conntrack accept the client's RST",
      command: podCommand(incident)(`sysctl -w ${key}=1`),
      works: cause.kind === 'kernel' && !isOn,
      verifiedBy: 'source',
      why: isOn
        ? 'It is 1 already.'
        : `The RST is then translated and ends the first connection's socket: the next SYN connects.${cause.kind === 'kernel' ? '' : ' Whether conntrack holds it back here is not shown.'}`,
      sideEffects:
        'The second connection gets through at the cost of the first. Window checking is off in this namespace.',
    },
  ];
}
