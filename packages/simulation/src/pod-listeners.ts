import type { Capture, Incident } from '@tuplescope/incident';
import type { PodSocketInput } from '@tuplescope/kernel-model';
import {
  type Endpoint,
  formatEndpoint,
  isAnyAddress,
  isSameAddress,
  normalizeAddress,
} from '@tuplescope/net';
import { ofKind } from './captures.ts';
import { endpointOf } from './endpoints.ts';
import type { StalePort } from './stale-port.ts';

/** Finds the listeners on a port, each address once. */
function findListeners(captures: readonly Capture[], port: number): PodSocketInput[] {
  const found = new Map<string, PodSocketInput>();
  for (const { content } of ofKind(captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      if (table.portAt(row, 'local') !== port || table.stateAt(row) !== 'LISTEN') continue;
      const { local, uid } = table.at(row);
      const address = normalizeAddress(local.address);
      if (!isAnyAddress(address) && endpointOf(local) === null) continue;
      const known = found.get(address);
      if (known?.uid !== undefined) continue;
      found.set(address, {
        state: 'LISTEN',
        owner: 'proxy',
        local: { address, port },
        ...(uid === null ? {} : { uid }),
      });
    }
  }
  return [...found.values()];
}

/**
 * Gives the proxy's listeners, of the snapshot or else of any capture. Where none takes what is redirected
 * to the old socket's end, one there is assumed: the old connection was accepted by it.
 *
 * @param notes gets what was assumed.
 */
export function proxyListeners(
  incident: Incident,
  captures: readonly Capture[],
  { local, uid }: StalePort,
  notes: string[],
): PodSocketInput[] {
  const listed = findListeners(captures, local.port);
  const found = listed.length > 0 ? listed : findListeners(incident.captures, local.port);
  if (isListenedAt(found, local)) return found;
  notes.push(`No listing shows the proxy's listener: one on ${formatEndpoint(local)} is assumed.`);
  return [...found, { state: 'LISTEN', owner: 'proxy', local, ...(uid === null ? {} : { uid }) }];
}

/** Says whether one of some listeners takes what is sent to an endpoint. */
function isListenedAt(listeners: readonly PodSocketInput[], { address }: Endpoint): boolean {
  return listeners.some(({ local }) => {
    const own = (local as Endpoint).address;
    if (own === '0.0.0.0') return !address.includes(':');
    return isAnyAddress(own) || isSameAddress(own, address);
  });
}
