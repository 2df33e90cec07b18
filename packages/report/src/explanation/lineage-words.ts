import { formatEndpoint } from '@tuplescope/net';
import type { Lineage } from '@tuplescope/packet-explainer';
import { isoTime } from '../iso-time.ts';
import { count } from '../text-style.ts';
import type { LineageNotice } from './packet-notice.ts';

/**
 * Names the two ends of a lineage, and where NAT leads it.
 *
 * @example
 * endsWords(lineage) // '172.29.73.7:44410 → 172.21.206.198:7777, redirected to 127.0.0.1:15001'
 */
export function endsWords({ conversations: [first, ...others] }: Lineage): string {
  if (first === undefined) return 'No conversation';
  const ends = `${formatEndpoint(first.client)} → ${formatEndpoint(first.server)}`;
  const translated = [first, ...others].find((one) => one.translated !== null)?.translated;
  if (translated === undefined || translated === null) return ends;
  const server = formatEndpoint(translated.server);
  const client = formatEndpoint(translated.client);
  if (server !== formatEndpoint(first.server)) return `${ends}, redirected to ${server}`;
  return client === formatEndpoint(first.client) ? ends : `${ends}, as ${client}`;
}

/** Says how much of a lineage there is, and what of it one wants to see. */
export function lineageWords(
  { conversations, explanations }: Lineage,
  notice: LineageNotice,
): string {
  const first = explanations.find(({ packet }) => packet.at !== null)?.packet.at ?? null;
  const { packets, collisions, lost, contradictions } = notice;
  const facts = [
    `${count(packets, 'packet')} of ${count(conversations.length, 'connection')}`,
    ...(first === null ? [] : [`from ${isoTime(first)}`]),
    ...(collisions === 0 ? [] : [`${count(collisions, 'SYN')} met an old socket`]),
    ...(lost === 0 ? [] : [`${count(lost, 'RST')} never reached it`]),
    ...(contradictions === 0
      ? []
      : [`${count(contradictions, 'packet')} ≠ what this kernel would do`]),
  ];
  return facts.join(' · ');
}
