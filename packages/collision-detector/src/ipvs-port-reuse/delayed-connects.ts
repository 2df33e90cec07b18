import type { Incident } from '@tuplescope/incident';
import { isSameEndpoint } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { IpvsListing } from './ipvs-listings.ts';
import type { Stuck } from './stuck-port.ts';

/** IPVS remembers a closed connection for so long (its timeout in TIME_WAIT). */
const REMEMBERED_SECONDS = 120;

/** The first timeout of a SYN is 1 s; by the clock of a capture a bit less, and it is not the second. */
const LEAST_SECONDS = 0.9;
const MOST_SECONDS = 1.5;

/**
 * Finds connects to a virtual service from a port whose last connection IPVS still remembers, whose
 * first SYN had no answer, and whose second had one a second later.
 */
export function delayedConnects(
  { interception }: Incident,
  { packets, troubled }: DetectionContext,
  listings: readonly IpvsListing[],
): Extract<Stuck, { kind: 'delayed' }>[] {
  const services = listings.flatMap(({ servers }) => servers.map(({ service }) => service));
  const ports = new Set(interception.map(({ port }) => port));
  return troubled().flatMap(({ conversation, previous, packets: all }) => {
    const { client, server, translated, state, first } = conversation;
    const isService =
      services.some((service) => isSameEndpoint(service, server)) ||
      (translated !== null && !isSameEndpoint(translated.server, server));
    if (!isService || ports.has(server.port) || state !== 'connected') return [];
    if (previous?.ended !== 'closed' || previous.last === null || first === null) return [];
    if (first - previous.last >= REMEMBERED_SECONDS) return [];
    const [syn, next, answer] = all;
    const isAgain = syn?.flags === 'S' && next?.flags === 'S' && next.retransmits === 0;
    if (!isAgain || syn.at === null || next.at === null) return [];
    if (answer?.flags !== 'SA' || answer.answers !== 1) return [];
    const seconds = next.at - syn.at;
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) return [];
    return [
      {
        kind: 'delayed' as const,
        client: {
          src: client.address,
          sport: client.port,
          dst: server.address,
          dport: server.port,
        },
        server: translated?.server ?? null,
        seconds,
        evidence: [
          packets().evidenceOf(syn, 'This SYN had no answer. The port had been used before.'),
          packets().evidenceOf(next, `The same SYN ${seconds.toFixed(2)} s later, which had one.`),
        ],
      },
    ];
  });
}
