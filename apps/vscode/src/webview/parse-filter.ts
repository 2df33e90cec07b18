import { ACK, FIN, PSH, parseIpv4, parseIpv6, RST, SYN, URG } from '@tuplescope/net';
import type { PacketFilter } from '../protocol/packets.ts';
import { CTSTATES } from '../protocol/verdict.ts';

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
 * Reads what was typed into the filter: ports, addresses, ends, TCP flags, verdicts and a connection,
 * with blanks between; a packet must have all of them, and one of several verdicts. Nothing typed is
 * no filter.
 *
 * @example
 * parseFilter('44410 rst invalid')
 * // { filter: { ports: [44410], flags: 4, verdicts: [4], … } }
 */
export function parseFilter(text: string): ParsedFilter {
  const words = text.trim().toLowerCase().split(/\s+/);
  if (words[0] === '') return { filter: null };
  const ports: number[] = [];
  const addresses: string[] = [];
  const ends: { address: string; port: number }[] = [];
  const verdicts: number[] = [];
  let flags = 0;
  let unexpected = false;
  let differs = false;
  let connection: number | null = null;
  for (const word of words) {
    const end = /^\[?([\da-f.:]+?)\]?:(\d{1,5})$/.exec(word);
    const member = /^connection:(\d{1,10})$/.exec(word);
    const flag = FLAGS[word];
    const verdict = verdictOf(word);
    if (flag !== undefined) flags |= flag;
    else if (verdict > 0) verdicts.push(verdict);
    else if (word === 'unexpected') unexpected = true;
    else if (word === 'differs') differs = true;
    else if (member !== null && Number(member[1]) > 0) connection = Number(member[1]);
    else if (/^\d{1,5}$/.test(word) && Number(word) <= 65_535) ports.push(Number(word));
    else if (isAddress(word)) addresses.push(word);
    else if (end?.[1] !== undefined && isAddress(end[1]) && Number(end[2]) <= 65_535) {
      ends.push({ address: end[1], port: Number(end[2]) });
    } else return { notUnderstood: word };
  }
  const headers = { ports, addresses, ends, flags };
  return { filter: { ...headers, verdicts, unexpected, differs, connection } };
}

/** `invalid` or `verdict:invalid`: its number, or 0. */
function verdictOf(word: string): number {
  const name = word.replace(/^(?:verdict|ctstate):/, '').toUpperCase();
  return Math.max(0, (CTSTATES as readonly string[]).indexOf(name));
}

function isAddress(text: string): boolean {
  return parseIpv4(text) !== null || (text.includes(':') && parseIpv6(text) !== null);
}
