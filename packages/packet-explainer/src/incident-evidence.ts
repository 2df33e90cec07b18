import { CapturedTuples, capturesOf, type Incident } from '@tuplescope/incident';
import { defaultSysctls, type SocketState, type Sysctls } from '@tuplescope/kernel-model';
import { normalizeAddress } from '@tuplescope/net';
import type { ExplainedCapture } from './capture-source.ts';
import type { Evidence, SeenSocket } from './evidence.ts';
import { incidentEntries } from './incident-entries.ts';

/** `ss` shortens this one. */
const STATES: Readonly<Record<string, SocketState>> = { ESTAB: 'ESTABLISHED' };

/**
 * Gathers what an incident tells besides its packets, as far as it concerns the tuples of these
 * captures.
 *
 * @example
 * const packets = readPackets([big], incidentEvidence(incident, [big]));
 */
export function incidentEvidence(
  incident: Incident,
  captures: readonly ExplainedCapture[],
): Evidence {
  const tuples = new CapturedTuples();
  for (const { segments } of captures) tuples.add(segments);
  const interceptionPorts = new Set(incident.interception.map(({ port }) => port));
  return {
    localAddresses: new Set(incident.podAddresses),
    interceptionPorts,
    proxies: proxiesOf(incident, interceptionPorts),
    sysctls: sysctlsOf(incident),
    socketsBetween: socketsOn(incident, tuples),
    ...incidentEntries(incident, tuples),
  };
}

/** The programs that listen on an interception port, whatever their names. */
function proxiesOf({ captures }: Incident, ports: ReadonlySet<number>): Set<string> {
  const names = new Set<string>();
  for (const { content } of capturesOf(captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'local');
      if (port === null || !ports.has(port) || table.stateAt(row) !== 'LISTEN') continue;
      for (const { name } of table.at(row).process) names.add(name);
    }
  }
  return names;
}

function socketsOn(
  { captures, snapshots }: Incident,
  tuples: CapturedTuples,
): Evidence['socketsBetween'] {
  const times = new Map(
    snapshots.flatMap(({ at, captures: members }) => members.map((member) => [member, at])),
  );
  const sockets = new Map<number, SeenSocket[]>();
  for (const capture of capturesOf(captures, 'ss')) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      const localPort = table.portAt(row, 'local');
      const peerPort = table.portAt(row, 'peer');
      const state = table.stateAt(row);
      if (localPort === null || peerPort === null || state === null) continue;
      if (state === 'LISTEN') continue;
      if (!tuples.hasPort(localPort) || !tuples.hasPort(peerPort)) continue;
      const { process } = table.at(row);
      const key = keyOf(localPort, peerPort);
      const known = sockets.get(key) ?? [];
      sockets.set(key, known);
      known.push({
        seenAt: times.get(capture) ?? null,
        local: normalizeAddress(table.addressAt(row, 'local')),
        peer: normalizeAddress(table.addressAt(row, 'peer')),
        state: STATES[state] ?? (state as SocketState),
        process: process[0]?.name ?? null,
      });
    }
  }
  return (localPort, peerPort) => sockets.get(keyOf(localPort, peerPort)) ?? [];
}

function keyOf(localPort: number, peerPort: number): number {
  return localPort * 65_536 + peerPort;
}

/** The families of sysctls that the model reads, as the kernel names them. */
const FOLDERS = ['net.netfilter.', 'net.ipv4.'];

function sysctlsOf({ sysctl }: Incident): Partial<Sysctls> {
  const known: Record<string, number | readonly number[]> = {};
  for (const [name, usual] of Object.entries(defaultSysctls(['ignore-rst-sysctl']))) {
    const text = FOLDERS.map((folder) => sysctl(folder + name)).find((value) => value !== null);
    if (text === null || text === undefined) continue;
    const numbers = text.trim().split(/\s+/).map(Number);
    if (numbers.some((number) => !Number.isInteger(number) || number < 0)) continue;
    if (Array.isArray(usual) && numbers.length === 2) known[name] = numbers;
    else if (!Array.isArray(usual) && numbers.length === 1) known[name] = numbers[0] as number;
  }
  return known as Partial<Sysctls>;
}
