import type { Incident, PacketSegment } from '@tuplescope/incident';
import { profileFor } from '@tuplescope/kernel-model';
import { type Endpoint, formatEndpoint, isSameEndpoint } from '@tuplescope/net';
import { type ChosenSnapshot, chooseSnapshot } from './choose-snapshot.ts';
import { type ConnectFacts, joinFacts } from './connect-facts.ts';
import { readCourses } from './course.ts';
import { type Destinations, findDestinations } from './destinations.ts';
import { incidentSysctls } from './incident-sysctls.ts';
import { oldConnection } from './old-connection.ts';
import { connectSocket, oldSocketInput } from './old-socket-input.ts';
import { findEntries } from './pod-entries.ts';
import { proxyListeners } from './pod-listeners.ts';
import { clientSockets } from './port-records.ts';
import type { NumberedSyn, Scene } from './scene.ts';
import { reachableEntries } from './scene-entries.ts';
import { sceneRules } from './scene-rules.ts';
import type { StalePort } from './stale-port.ts';
import { findStalePorts, outboundPorts } from './stale-ports.ts';
import { standIn } from './stand-in.ts';
import { isDated, secondsBetween, timeOf } from './times.ts';

/** Why there is nothing to simulate. */
export interface NoScene {
  /** One sentence, with the ports that there are. */
  readonly problem: string;
}

/**
 * Reads from an incident what a simulated connect needs: the pod as the connect found it, with its rules,
 * sysctls, sockets and entries, and the sequence numbers that packets show. Never throws.
 *
 * @param port the client's port; the first that collides, or else would, where it is left out.
 * @example
 * const scene = makeScene(incident);
 * isScene(scene) && scene.to // { address: '172.21.206.198', port: 7777 }
 */
export function makeScene(incident: Incident, port?: number): Scene | NoScene {
  const ports = findStalePorts(incident);
  const stale = port === undefined ? ports[0] : ports.find(({ client }) => client.port === port);
  if (stale === undefined) return { problem: problemOf(incident, ports, port) };
  const facts = joinFacts(readCourses(incident, stale.client, outboundPorts(incident)));
  const known = new Set(ports.map(({ client }) => client.port));
  known.delete(stale.client.port);
  return sceneOf(incident, stale, facts, [...known]);
}

/** Says whether there is something to simulate. */
export function isScene(scene: Scene | NoScene): scene is Scene {
  return !('problem' in scene);
}

/** So many ports are named before the rest is counted. */
const MAX_NAMED = 8;

function problemOf(incident: Incident, ports: readonly StalePort[], port?: number): string {
  const looked = [...outboundPorts(incident)].join(', ') || 'none is known';
  if (ports.length === 0) {
    return `no old socket of a proxy stands on an outbound interception port (${looked}), so that no port collides or would`;
  }
  const known = [...new Set(ports.map(({ client }) => client.port))];
  const more = known.length > MAX_NAMED ? ` and ${known.length - MAX_NAMED} more` : '';
  const named = known.slice(0, MAX_NAMED).join(', ');
  return `no old socket of the proxy belongs to port ${port} in this incident; one belongs to ${named}${more}`;
}

function sceneOf(
  incident: Incident,
  stale: StalePort,
  facts: ConnectFacts,
  otherPorts: readonly number[],
): Scene {
  const notes: string[] = [];
  const snapshot = chooseSnapshot(incident, stale, facts.at);
  const secondsBefore = snapshot?.secondsBefore ?? 0;
  const captures = incident.snapshots[snapshot?.index ?? -1]?.captures ?? [];
  const ends = findDestinations(incident, stale, facts);
  const to = destinationOf(stale, ends, notes);
  const own = clientSockets(captures, stale.client);
  if (own.some(({ state }) => state === 'LAST-ACK' || state === 'CLOSE-WAIT')) {
    notes.push(`The client's own socket of the old connection is taken to be gone by the connect.`);
  }
  const uid = uidOf(incident, stale);
  const sysctls = incidentSysctls(incident, profileFor(incident.kernel?.text ?? '').profile);
  const listeners = proxyListeners(incident, captures, stale, notes);
  const rules = sceneRules(incident, stale, to, uid);
  const listed = findEntries(captures, stale, secondsBefore);
  const reachable = reachableEntries(listed.entries, {
    addresses: [stale.client.address],
    nat: rules.nat,
  });
  const old = oldConnection(
    {
      stale,
      facts,
      captures,
      secondsBefore,
      listed: { ...listed, entries: reachable.entries },
      captured: sysctls.captured,
      to: ends.old ?? to,
    },
    notes,
  );
  return {
    stale,
    to,
    old,
    isSameDestination:
      ends.old === null || ends.connect === null ? null : isSameEndpoint(ends.old, ends.connect),
    snapshot,
    numbers: { isn: facts.isn, rcvNxt: facts.rcvNxt, sndNxt: facts.sndNxt },
    nat: rules.nat,
    rules: rules.rules,
    tproxy: rules.tproxy,
    listeners,
    oldSocket: oldSocketInput(stale, facts),
    entries: reachable.entries,
    sysctls,
    connect: {
      from: stale.client.address,
      sport: stale.client.port,
      to,
      uid,
      socket: connectSocket(facts),
    },
    clock: {
      old: numberedSyn(facts.old?.isn ?? null, facts.old?.syn ?? null, snapshot),
      connect: numberedSyn(facts.isn, facts.syn, snapshot),
    },
    wentAstray: facts.wentAstray,
    assumptions: [...notes, ...rules.assumptions, ...reachable.problems, ...sysctls.problems],
    untranslated: rules.untranslated,
    otherPorts,
  };
}

/** The application's user: of its old socket or of the connecting one; `ss -e` leaves a 0 out. */
function uidOf({ captures }: Incident, { client }: StalePort): number {
  return clientSockets(captures, client).find(({ uid }) => uid !== null)?.uid ?? 0;
}

function destinationOf(stale: StalePort, ends: Destinations, notes: string[]): Endpoint {
  if (ends.connect !== null) return ends.connect;
  if (ends.old !== null) {
    notes.push(
      `No record shows a connect that meets the old socket: one is taken to go to ${formatEndpoint(ends.old)}, as the old connection did.`,
    );
    return ends.old;
  }
  const somewhere = standIn(stale.client.address);
  notes.push(
    `No record shows where connects from this port go: ${formatEndpoint(somewhere)} stands in.`,
  );
  return somewhere;
}

const QUARTER_HOUR = 900;

/** A SYN with its number and date; where the text has the time of day alone, the date is the snapshot's. */
function numberedSyn(
  isn: number | null,
  syn: PacketSegment | null,
  snapshot: ChosenSnapshot | null,
): NumberedSyn | null {
  const time = syn === null ? null : timeOf(syn);
  if (isn === null || time === null) return null;
  if (isDated(time)) return { isn, at: time };
  const date = snapshot?.at ?? null;
  const seconds = date === null ? Number.POSITIVE_INFINITY : secondsBetween(date, time);
  // Further away the text may be in another zone: zones are quarters of an hour apart.
  return date === null || Math.abs(seconds) > QUARTER_HOUR ? null : { isn, at: date + seconds };
}
