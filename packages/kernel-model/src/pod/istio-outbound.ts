import type { NatRule } from '../nat/nat-rule.ts';
import type { PacketRule } from './packet-rule.ts';
import type { PodSocketInput } from './pod.ts';

/** What differs from Istio's defaults. */
export interface IstioOptions {
  /** Port of the listener for outbound traffic; 15001. */
  readonly port?: number;
  /** User id of the proxy, whose own packets are left alone; 1337. */
  readonly proxyUid?: number;
}

/** The part of a pod that Istio's sidecar adds. */
export interface IstioOutbound {
  readonly nat: readonly NatRule[];
  readonly rules: readonly PacketRule[];
  readonly sockets: readonly PodSocketInput[];
}

/**
 * Gives a sidecar's outbound half: what is not the proxy's own and not for 127.0.0.1 is redirected to
 * its listener on 15001, and INVALID packets are logged as istio #43301 logs them.
 *
 * @example
 * istioOutbound({ port: 15011 }).sockets[0]?.local // { address: '127.0.0.1', port: 15011 }
 */
export function istioOutbound({
  port = 15_001,
  proxyUid = 1337,
}: IstioOptions = {}): IstioOutbound {
  return {
    nat: [
      { hook: 'output', match: { owner: proxyUid }, action: { kind: 'accept' } },
      { hook: 'output', match: { dst: '127.0.0.1' }, action: { kind: 'accept' } },
      { hook: 'output', action: { kind: 'redirect', port } },
    ],
    rules: [
      logInvalid('prerouting', 'ISTIO_INBOUND_INVALID: '),
      logInvalid('output', 'ISTIO_OUTBOUND_INVALID: '),
    ],
    sockets: [
      { state: 'LISTEN', owner: 'proxy', uid: proxyUid, local: { address: '127.0.0.1', port } },
    ],
  };
}

function logInvalid(hook: 'prerouting' | 'output', prefix: string): PacketRule {
  const match = { ctstate: ['INVALID'] as const };
  return { hook, table: 'mangle', match, action: { kind: 'log', prefix } };
}
