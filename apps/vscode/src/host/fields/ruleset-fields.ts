import { type FieldRule, fixed, oneOf } from './field-rule.ts';

/** The words of iptables and nft, in the order in which they are tried. */
export const RULESET_FIELDS: readonly FieldRule[] = [
  fixed(
    /-j REDIRECT\b(?:.*?--to-ports? \d+)?|\bredirect to :\d+/g,
    'Sends the packet to this port of the host itself: conntrack notes it, and turns answers back. This is how a sidecar intercepts traffic.',
  ),
  fixed(
    /-j TPROXY\b.*|\btproxy (?:ip6? )?to :\d+/g,
    'Hands the packet to a local socket without changing its addresses: conntrack has nothing to turn back.',
  ),
  fixed(/-j DNAT\b.*|\bdnat to \S+/g, 'Changes the destination; answers are changed back.'),
  fixed(
    /-j (?:SNAT|MASQUERADE)\b.*|\bmasquerade\b/g,
    'Changes the source; answers are changed back.',
  ),
  fixed(
    /-m conntrack --ctstate INVALID|-m state --state INVALID|\bct state invalid\b/g,
    'Matches packets that conntrack could not place in a connection.',
  ),
  fixed(
    /--uid-owner \d+|\bmeta skuid \d+/g,
    'Matches what sockets of this user send: 1337 is the proxy itself, which must not be intercepted.',
  ),
  fixed(/-j DROP\b|\bdrop\b/g, 'The packet is thrown away without an answer.'),
  fixed(/-j REJECT\b.*|\breject\b/g, 'The packet is thrown away, and its sender told.'),
  fixed(
    /-j RETURN\b|\breturn\b/g,
    'Back to the chain that called this one; the packet stays as it is.',
  ),
  fixed(/-j LOG\b.*|\blog prefix\b/g, 'Writes a line to the kernel log and goes on.'),
  oneOf({
    'net.netfilter.nf_conntrack_tcp_be_liberal':
      '1: packets outside the window are accepted, among them the RST that answers a challenge ACK.',
    'net.netfilter.nf_conntrack_tcp_loose':
      '1: connections that are already open are picked up in the middle.',
    'net.netfilter.nf_conntrack_tcp_timeout_close_wait':
      'Seconds that an entry in CLOSE_WAIT lives; 60 by default.',
    'net.netfilter.nf_conntrack_log_invalid':
      '6, or 255 for every protocol: INVALID packets are logged.',
    'net.netfilter.nf_conntrack_max': 'How many entries conntrack keeps at most.',
    'net.ipv4.ip_local_port_range': 'The ports that connects are given: first and last.',
    'net.ipv4.tcp_syn_retries': 'How often a SYN is repeated before the connect fails.',
    'net.ipv4.tcp_fin_timeout': 'Seconds in FIN-WAIT-2 once no process holds the socket.',
  }),
];
