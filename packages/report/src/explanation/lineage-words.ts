import { formatEndpoint } from '@tuplescope/net';
import type { Lineage } from '@tuplescope/packet-explainer';
import { isoTime } from '../iso-time.ts';
import { count } from '../text-style.ts';
import { timeOfDay } from '../time-of-day.ts';
import type { LineageNotice } from './packet-notice.ts';

/** Seconds of a day: a smaller time is of a text that names no date. */
const DAY = 86_400;

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

/**
 * Says how much of a lineage there is, and from when.
 *
 * @example
 * extentWords(lineage) // '22 packets of 2 connections · from 2026-11-22T23:26:08Z'
 */
export function extentWords({ conversations, explanations }: Lineage): string {
  const first = explanations.find(({ packet }) => packet.at !== null)?.packet.at ?? null;
  const packets = count(explanations.length, 'packet');
  const from = first === null ? '' : ` · from ${first < DAY ? timeOfDay(first) : isoTime(first)}`;
  return `${packets} of ${count(conversations.length, 'connection')}${from}`;
}

/** Says what of a lineage one wants to see; nothing where there is nothing. */
export function noticeWords({ collisions, lost, contradictions }: LineageNotice): string {
  const against = `${count(contradictions, 'packet')} ≠ what this kernel would do`;
  const facts = [
    ...(collisions === 0 ? [] : [`${count(collisions, 'SYN')} met an old socket`]),
    ...(lost === 0 ? [] : [`${count(lost, 'RST')} never reached it`]),
    ...(contradictions === 0 ? [] : [against]),
  ];
  return facts.join(' · ');
}
