import type { Conversation } from '@tuplescope/conversation';
import { type Endpoint, isLoopback } from '@tuplescope/net';
import type { Evidence } from './evidence.ts';
import type { Owner } from './explanation.ts';

/** Whose sockets the two ends of a conversation are. */
export interface Roles {
  readonly client: Exclude<Owner, 'none'>;
  readonly server: Exclude<Owner, 'none'>;
}

/** What the conversations of all captures tell of the captured host. */
export interface Surroundings {
  /** Its own addresses. */
  readonly localAddresses: ReadonlySet<string>;
  /** Its connections to elsewhere are redirected to a port of its own. */
  readonly redirects: boolean;
}

/** Looks at all conversations: who is redirected to a loopback address is an application of this host. */
export function surroundingsOf(
  conversations: Iterable<Conversation>,
  { localAddresses: known }: Evidence,
): Surroundings {
  const localAddresses = new Set(known);
  let redirects = false;
  for (const { client, server, translated } of conversations) {
    const behind = translated?.server ?? server;
    if (!isLoopback(behind.address)) continue;
    localAddresses.add(client.address);
    redirects ||= translated !== null;
  }
  return { localAddresses, redirects };
}

/**
 * Says whose the ends of a conversation are. An end on the captured host is the proxy's where it has an
 * interception port, or where a listing shows the proxy holding it. Where connections are redirected,
 * a local client whose connection is not is the proxy too: its own connections are exempt.
 */
export function rolesOf(
  { client, server, translated }: Conversation,
  evidence: Evidence,
  { localAddresses, redirects }: Surroundings,
): Roles {
  const isLocal = ({ address }: Endpoint): boolean =>
    isLoopback(address) || localAddresses.has(address);
  const behind = translated?.server ?? server;
  const isIntercepted = isLocal(behind) && evidence.interceptionPorts.has(behind.port);
  const isServerLocal = isLocal(behind);
  if (localAddresses.size === 0 && !isServerLocal) return { client: 'app', server: 'peer' };
  const isProxys = holdsSocket(evidence, client, behind);
  const isExempt = redirects && translated === null && !isServerLocal;
  const ofClient = isProxys || isExempt ? 'proxy' : 'app';
  return {
    client: isLocal(client) ? ofClient : 'peer',
    server: isIntercepted ? 'proxy' : isServerLocal ? 'app' : 'peer',
  };
}

function holdsSocket(
  { socketsBetween, proxies }: Evidence,
  { address, port }: Endpoint,
  peer: Endpoint,
): boolean {
  return socketsBetween(port, peer.port).some(
    ({ local, process }) => local === address && process !== null && proxies.has(process),
  );
}
