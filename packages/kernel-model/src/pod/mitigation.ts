import { type Endpoint, isLoopback } from '@tuplescope/net';
import { findProfile } from '../find-profile.ts';
import type { NatRule } from '../nat/nat-rule.ts';
import { TrackerError } from '../tracker-error.ts';
import type { PacketRule, TproxyRule } from './packet-rule.ts';
import type { PodOptions } from './pod.ts';
import { type EndpointInput, readEndpoint } from './read-endpoint.ts';

/** What people do about istio #43301; `none` is nothing. */
export type Mitigation = (typeof MITIGATIONS)[number];

/** Every mitigation, in the order in which tables have them. */
export const MITIGATIONS = [
  'none',
  'be-liberal',
  'ignore-invalid-rst',
  'drop-invalid',
  'close-wait-3600',
  'tproxy',
] as const;

/**
 * Gives a pod as it would be with a mitigation.
 *
 * `close-wait-3600` needs the old connection in `history`: only then is its entry still there.
 * `tproxy` needs to know where the old connections went: a transparent socket has that address.
 *
 * @param to the destination of the pod's redirected connections.
 * @returns null where the kernel has no such sysctl.
 * @throws {TrackerError} `bad-pod` for a name that is none.
 */
export function applyMitigation(
  options: PodOptions,
  mitigation: Mitigation,
  to: EndpointInput,
): PodOptions | null {
  switch (mitigation) {
    case 'none':
      return options;
    case 'be-liberal':
      return withSysctl(options, 'nf_conntrack_tcp_be_liberal', 1);
    case 'ignore-invalid-rst': {
      const { sysctls } = findProfile(options.profile);
      if (sysctls.nf_conntrack_tcp_ignore_invalid_rst === null) return null;
      return withSysctl(options, 'nf_conntrack_tcp_ignore_invalid_rst', 1);
    }
    case 'drop-invalid':
      return { ...options, rules: [...(options.rules ?? []), ...DROPS] };
    case 'close-wait-3600':
      return withSysctl(options, 'nf_conntrack_tcp_timeout_close_wait', 3600);
    case 'tproxy':
      return withoutRedirect(options, readEndpoint(to, 'to'));
    default:
      throw new TrackerError(
        'bad-pod',
        'mitigation',
        mitigation,
        `one of ${MITIGATIONS.join(', ')}`,
      );
  }
}

const INVALID = { ctstate: ['INVALID'] } as const;
const DROPS: readonly PacketRule[] = [
  { hook: 'output', match: INVALID, action: { kind: 'drop' } },
  { hook: 'input', match: INVALID, action: { kind: 'drop' } },
];

function withSysctl(
  options: PodOptions,
  name: keyof NonNullable<PodOptions['sysctls']>,
  value: number,
): PodOptions {
  return { ...options, sysctls: { ...options.sysctls, [name]: value } };
}

/** What a NAT rule redirects goes to its port as it is; all else goes its way. */
function transparently({ match = {}, except = [], action }: NatRule): TproxyRule {
  const isRedirect = action.kind === 'redirect' && typeof action.port === 'number';
  return { match, except, port: isRedirect ? (action.port as number) : null };
}

/** Takes the redirect out of the nat table; what it had caught goes to the listener by TPROXY. */
function withoutRedirect(options: PodOptions, to: Endpoint): PodOptions {
  const atOutput = (options.nat ?? []).filter(({ hook }) => hook === 'output');
  const tproxy = atOutput.map(transparently);
  const ports = tproxy.flatMap(({ port }) => port ?? []);
  const isProxy = (address: string, port: number): boolean =>
    isLoopback(address) && ports.includes(port);
  return {
    ...options,
    nat: (options.nat ?? []).filter(({ action }) => action.kind !== 'redirect'),
    tproxy: [...(options.tproxy ?? []), ...tproxy],
    sockets: (options.sockets ?? []).map((socket) => {
      const local = readEndpoint(socket.local, 'local', true);
      const isOld = socket.state !== 'LISTEN' && isProxy(local.address, local.port);
      return isOld ? { ...socket, local: to } : socket;
    }),
    history: (options.history ?? []).map((packet) =>
      isProxy(packet.src, packet.sport) ? { ...packet, src: to.address, sport: to.port } : packet,
    ),
    entries: (options.entries ?? []).map((entry) =>
      isProxy(entry.reply.src, entry.reply.sport)
        ? { ...entry, reply: { ...entry.reply, src: to.address, sport: to.port } }
        : entry,
    ),
  };
}
