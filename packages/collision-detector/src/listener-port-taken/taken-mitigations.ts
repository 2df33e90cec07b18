import type { Incident } from '@tuplescope/incident';
import type { Mitigation } from '../finding.ts';
import { podCommand } from '../pod-command.ts';
import type { TakenPort } from './listener-port-taken.ts';

/** What keeps connects from the port, and what frees it now. */
export function freeListenerPort(incident: Incident, taken: TakenPort): Mitigation[] {
  const { state, holders } = taken;
  const isHeld = holders !== null && state !== 'past';
  return [
    ...(isHeld ? [closeHolder(incident, taken)] : []),
    reservePort(incident, taken),
    narrowRange(incident, taken),
  ];
}

function closeHolder(incident: Incident, { wanted: { ports } }: TakenPort): Mitigation {
  return {
    action: 'Close the connection that has the port',
    command: podCommand(incident)(`ss -K sport = :${ports[0]}`),
    works: true,
    verifiedBy: 'source',
    why: 'The listener can have the port as soon as no socket is bound to it. Needs a kernel with CONFIG_INET_DIAG_DESTROY.',
    sideEffects: 'That connection is lost.',
  };
}

function reservePort(incident: Incident, { wanted: { ports }, range }: TakenPort): Mitigation {
  const key = 'net.ipv4.ip_local_reserved_ports';
  const reserved = incident.sysctl(key)?.trim() ?? '';
  const missing = ports.filter((port) => range.has(port));
  const isReserved = missing.length === 0;
  const list = [reserved, ...missing].filter((part) => part !== '').join(',');
  return {
    action: 'Reserve the port for its listener',
    command: podCommand(incident)(`sysctl -w ${key}=${list}`),
    works: !isReserved,
    verifiedBy: 'source',
    why: isReserved
      ? 'It is reserved already: whoever has it got it before, or asked for it by number.'
      : 'A connect passes reserved ports over; a listener that names the port still gets it. It does not take the port from a connection that has it.',
    sideEffects:
      'Connects have one port less. The value is the whole list: what is reserved already must be in it.',
  };
}

function narrowRange(incident: Incident, { wanted: { ports }, range }: TakenPort): Mitigation {
  const below = [range.low, ports[0] - 1] as const;
  const above = [(ports.at(-1) ?? ports[0]) + 1, range.high] as const;
  const [low, high] = above[1] - above[0] >= below[1] - below[0] ? above : below;
  return {
    action: 'Choose a range of local ports without it',
    command: podCommand(incident)(`sysctl -w net.ipv4.ip_local_port_range="${low} ${high}"`),
    works: low < high,
    verifiedBy: 'source',
    why: 'The kernel gives connects no port outside the range.',
    sideEffects: 'Connects have fewer ports, and may run out of them sooner.',
  };
}
