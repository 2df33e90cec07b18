import type { Conversation } from '@tuplescope/conversation';
import { formatEndpoint, isSameEndpoint } from '@tuplescope/net';
import type { EntryState, Explanation, PacketKind } from '@tuplescope/packet-explainer';

/** What a reader calls each kind of packet. */
export const KIND_TITLES: Readonly<Record<PacketKind, string>> = {
  syn: 'SYN',
  'syn-again': 'SYN again',
  'syn-ack': 'SYN/ACK',
  'syn-ack-again': 'SYN/ACK again',
  'handshake-ack': 'Handshake done',
  'challenge-ack': 'Challenge ACK',
  'rst-of-challenge': 'RST for the challenge ACK',
  refusal: 'Refusal',
  rst: 'Reset',
  data: 'Data',
  'data-again': 'Data again',
  ack: 'Acknowledgement',
  'duplicate-ack': 'Duplicate ACK',
  keepalive: 'Keep-alive',
  'keepalive-ack': 'Keep-alive answered',
  'window-probe': 'Window probe',
  'half-close': 'FIN, half-closed',
  fin: 'FIN, both sides done',
  'fin-again': 'FIN again',
  'fin-ack': 'FIN acknowledged',
  old: 'Old numbers',
};

const FLAG_NAMES: Readonly<Record<string, string>> = {
  F: 'FIN',
  S: 'SYN',
  R: 'RST',
  P: 'PSH',
  A: 'ACK',
  U: 'URG',
  E: 'ECE',
  W: 'CWR',
  e: 'AE',
};

/**
 * Names the flags of a packet.
 *
 * @example
 * flagNames('SA') // 'SYN,ACK'
 */
export function flagNames(letters: string): string {
  return letters === ''
    ? 'none'
    : Array.from(letters, (letter) => FLAG_NAMES[letter] ?? letter).join(',');
}

/**
 * Says what an entry is, as `conntrack -L` marks it, or which one became which.
 *
 * @example
 * entryWords(null, entry) // 'SYN_SENT 120 s [UNREPLIED]'
 */
export function entryWords(before: EntryState | null, entry: EntryState | null): string {
  if (entry === null) return before === null ? 'no entry' : `${before.state} → gone`;
  const from = before === null || before.state === entry.state ? '' : `${before.state} → `;
  return `${from}${entry.state} ${entry.timeout} s${entryMark(entry)}`;
}

function entryMark({ assured, unreplied }: EntryState): string {
  return unreplied ? ' [UNREPLIED]' : assured ? ' [ASSURED]' : '';
}

/**
 * Says what NAT made of a packet's addresses: as the captures show it, else as the kernel would have
 * done. Nothing where it left them as they are.
 *
 * @example
 * natWords(explanation, conversation) // 'to 127.0.0.1:15001'
 */
export function natWords(
  { nat, seenTranslated, packet }: Pick<Explanation, 'nat' | 'seenTranslated' | 'packet'>,
  { client, server, translated }: Conversation,
): string {
  if (translated === null || !(seenTranslated ?? nat !== 'none')) return '';
  const isReply = packet.direction === 'reply';
  if (isSameEndpoint(translated.server, server)) {
    return isReply ? `to ${formatEndpoint(client)}` : `from ${formatEndpoint(translated.client)}`;
  }
  return isReply ? `from ${formatEndpoint(server)}` : `to ${formatEndpoint(translated.server)}`;
}

/** Seconds since a first packet, to the microsecond: `+17.411734`. */
export function sinceWords(at: number | null, first: number | null): string {
  return at === null || first === null ? '' : `+${(at - first).toFixed(6)}`;
}

/** Gives the sentences behind the first, without those that have a place of their own. */
export function sentencesBehind({ details, contradiction, assumption }: Explanation): string[] {
  return details.filter((sentence) => sentence !== contradiction && sentence !== assumption);
}
