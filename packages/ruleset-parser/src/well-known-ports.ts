import type { InterceptionPort } from './interception-ports.ts';

type WellKnown = readonly [port: number, direction: 'inbound' | 'outbound'];

/** The listeners of Istio (15001, 15006, HBONE 15008) and of Linkerd (4140, 4143). */
const PORTS: readonly WellKnown[] = [
  [15001, 'outbound'],
  [15006, 'inbound'],
  [15008, 'inbound'],
  [4140, 'outbound'],
  [4143, 'inbound'],
];

/** The ports that Istio's and Linkerd's own chains redirect to unless configured otherwise. */
const PORT_OF_CHAIN: ReadonlyMap<string, number> = new Map([
  ['ISTIO_REDIRECT', 15001],
  ['ISTIO_IN_REDIRECT', 15006],
  ['ISTIO_TPROXY', 15006],
  ['PROXY_INIT_OUTPUT', 4140],
  ['PROXY_INIT_REDIRECT', 4143],
]);

/** The interception ports to go by where no rules are known. */
export function wellKnownPorts(): InterceptionPort[] {
  return PORTS.map(([port, direction]) => ({
    direction,
    port,
    method: 'redirect',
    protocol: 'tcp',
    from: null,
    chains: [],
    exemptions: [],
    basis: 'well-known',
  }));
}

/** The port that a chain of this name redirects to by default, or null. */
export function wellKnownPortOfChain(chain: string): number | null {
  return PORT_OF_CHAIN.get(chain) ?? null;
}
