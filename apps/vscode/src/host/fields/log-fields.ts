import { type FieldRule, fixed, oneOf } from './field-rule.ts';

/** The fields of the kernel log, in the order in which they are tried. */
export const LOG_FIELDS: readonly FieldRule[] = [
  fixed(
    /\bnf_ct_proto_6: .*?(?=\s+IN=|$)/g,
    'conntrack called this packet INVALID, and why. It logs so only with net.netfilter.nf_conntrack_log_invalid.',
  ),
  fixed(
    /\S+(?=\s?IN=)/g,
    'The prefix that the LOG rule gives its lines: it tells which rule saw the packet.',
  ),
  fixed(/\bIN=\S*/g, 'The device that the packet came in by; empty for one that this host sends.'),
  fixed(/\bOUT=\S*/g, 'The device that it leaves by; empty for one that this host receives.'),
  fixed(
    /\b(?:SRC|DST|SPT|DPT)=\S*/g,
    'The packet’s own address or port at this place, after the NAT that came before.',
  ),
  oneOf(
    {
      SYN: 'The packet asks for a connection.',
      RST: 'The packet refuses or ends a connection.',
      FIN: 'The sender has no more to send.',
      ACK: 'The packet acknowledges.',
      PSH: 'The packet carries data.',
      URG: 'The packet carries urgent data.',
    },
    (words) => `(?<=RES=\\S+ (?:[A-Z]+ )*)(${words})\\b`,
  ),
  fixed(/\bWINDOW=\d+/g, 'How much the sender would take, before scaling.'),
  fixed(/\bID=\d+/g, 'IP identification: the same packet has it in captures too.'),
  fixed(/\bLEN=\d+/g, 'Bytes of the IP packet: 40 is a TCP header without options or data.'),
  fixed(/\bTTL=\d+/g, 'How many more hops the packet may take: 64 was sent by this host.'),
  fixed(/\bMARK=\S+/g, 'The packet’s mark, set by rules.'),
  fixed(/\bUID=\d+/g, 'The user that owns the socket. Istio’s proxy is 1337.'),
];
