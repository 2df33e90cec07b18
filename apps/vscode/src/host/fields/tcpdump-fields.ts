import { type FieldRule, fixed, type Meaning } from './field-rule.ts';
import { tcpFlagNames } from './tcp-flag-names.ts';

/** The fields of `tcpdump`, in the order in which they are tried. */
export const TCPDUMP_FIELDS: readonly FieldRule[] = [
  { pattern: /Flags \[([^\]]+)\]/g, explain: ([, letters = '']) => flagsMeaning(letters) },
  fixed(
    /cksum 0x[0-9a-f]+ \(incorrect -> 0x[0-9a-f]+\)/g,
    'The checksum is not computed yet where tcpdump sees the packet: with checksum offload the network card does it, and on lo nobody. It says nothing is wrong.',
  ),
  fixed(/cksum 0x[0-9a-f]+ \(correct\)/g, 'The checksum of the TCP segment is right.'),
  {
    pattern: /\bseq (\d+)(?::(\d+))?/g,
    explain: ([, first = '', last = '']) =>
      last === ''
        ? {
            text: 'The number of the first byte, {0}; SYN and FIN count as one byte.',
            values: [first],
          }
        : {
            text: 'Carries {0} bytes: number {1} up to, not including, {2}.',
            values: [(Number(last) - Number(first)) >>> 0, first, last],
          },
  },
  {
    pattern: /\back (\d+)/g,
    explain: ([, number = '']) => ({
      text: 'All bytes before number {0} have arrived. Numbers that do not fit the connection being opened belong to an older one of the same ports.',
      values: [number],
    }),
  },
  fixed(
    /\bwin \d+/g,
    'How much the sender would take, before scaling: the handshake’s wscale says by how many bits to shift it, except in a SYN.',
  ),
  fixed(/\bmss \d+/g, 'The largest segment that the sender of this SYN takes, in bytes.'),
  fixed(/\bwscale \d+/g, 'The windows that this side announces are shifted left by so many bits.'),
  fixed(/\bsackOK\b/g, 'This side understands selective acknowledgements.'),
  fixed(
    /\bsack \d+ (?:\{\d+:\d+\})+/g,
    'Pieces that arrived out of order: what lies between is missing.',
  ),
  fixed(
    /\bTS val \d+ ecr \d+/g,
    'Time stamps: the sender’s clock, and the last clock that it heard from the other side. A clock that ran back makes the other side drop the packet (PAWS).',
  ),
  {
    pattern: /\bid (\d+)(?=,)/g,
    explain: ([, id = '']) =>
      id === '0'
        ? {
            text: 'IP identification 0: Linux sends SYN/ACKs and RSTs so.',
            values: [],
          }
        : {
            text: 'IP identification {0}: the same packet has the same number on every interface and in the kernel log.',
            values: [id],
          },
  },
  fixed(/\bttl \d+/g, 'How many more hops the packet may take.'),
  fixed(
    /\blength \d+/g,
    'Bytes: of the payload at the end of the line, of the IP packet in brackets.',
  ),
];

const FLAGS: Readonly<Record<string, string>> = {
  S: 'SYN: asks for a connection.',
  'S.': 'SYN, ACK: accepts a connection.',
  '.': 'ACK: only acknowledges. In answer to a SYN it is a challenge ACK (RFC 5961): the port still has a socket of an older connection.',
  R: 'RST: refuses, and carries the sequence number that the refused packet acknowledged.',
  'R.': 'RST, ACK: refuses a connection, or ends one at once.',
  'F.': 'FIN, ACK: this side has no more to send.',
  'P.': 'PSH, ACK: carries data.',
  'FP.': 'FIN, PSH, ACK: carries the last data.',
};

function flagsMeaning(letters: string): Meaning {
  const text = FLAGS[letters];
  if (text !== undefined) return { text, values: [] };
  return { text: 'TCP flags: {0}.', values: [tcpFlagNames(letters) || '–'] };
}
