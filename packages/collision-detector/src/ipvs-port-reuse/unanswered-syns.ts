import { isSameAddress } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { Evidence } from '../finding.ts';
import { howOften } from '../how-often.ts';
import type { Stuck } from './stuck-port.ts';

/** Points at the packets of connects that IPVS sends to a drained server, where nobody answered them. */
export function unansweredSyns(
  members: readonly Stuck[],
  { packets, troubled }: DetectionContext,
): Evidence[] {
  const drained = members.filter((stuck) => stuck.kind === 'drained' && stuck.isConnecting);
  if (drained.length === 0) return [];
  return troubled().flatMap(({ conversation: { client, server }, packets: all }) => {
    const [syn] = all;
    if (syn?.flags !== 'S' || all.some(({ direction }) => direction === 'reply')) return [];
    const isIt = drained.some(
      ({ client: { src, sport, dst, dport } }) =>
        sport === client.port &&
        dport === server.port &&
        isSameAddress(src, client.address) &&
        isSameAddress(dst, server.address),
    );
    return isIt
      ? [
          packets().evidenceOf(
            syn,
            `The SYN was sent ${howOften(all.length)}, and nobody answered.`,
          ),
        ]
      : [];
  });
}
