import { ACK, FIN, PSH, parseIpv4, parseIpv6, RST, SYN, URG } from '@tuplescope/net';
import type { PacketFilter } from '../protocol/packets.ts';

/** What was typed, understood; or the first word that was not. */
export type ParsedFilter =
  | { readonly filter: PacketFilter | null }
  | { readonly notUnderstood: string };

const FLAGS: Readonly<Record<string, number>> = {
  syn: SYN,
  ack: ACK,
  fin: FIN,
  rst: RST,
  psh: PSH,
  urg: URG,
};

/**
 * Reads what was typed into the filter: ports, addresses, ends and TCP flags, with blanks between;
 * a packet must have all of them. Nothing typed is no filter.
 *
 * @example
 * parseFilter('44410 rst') // { filter: { ports: [44410], addresses: [], ends: [], flags: 4 } }
 */
export function parseFilter(text: string): ParsedFilter {
  const words = text.trim().toLowerCase().split(/\s+/);
  if (words[0] === '') return { filter: null };
  const ports: number[] = [];
  const addresses: string[] = [];
  const ends: { address: string; port: number }[] = [];
  let flags = 0;
  for (const word of words) {
    const end = /^\[?([\da-f.:]+?)\]?:(\d{1,5})$/.exec(word);
    const flag = FLAGS[word];
    if (flag !== undefined) flags |= flag;
    else if (/^\d{1,5}$/.test(word) && Number(word) <= 65_535) ports.push(Number(word));
    else if (isAddress(word)) addresses.push(word);
    else if (end?.[1] !== undefined && isAddress(end[1]) && Number(end[2]) <= 65_535) {
      ends.push({ address: end[1], port: Number(end[2]) });
    } else return { notUnderstood: word };
  }
  return { filter: { ports, addresses, ends, flags } };
}

function isAddress(text: string): boolean {
  return parseIpv4(text) !== null || (text.includes(':') && parseIpv6(text) !== null);
}
