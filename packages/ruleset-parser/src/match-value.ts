/** Protocol numbers that tools print in the place of names (IANA protocol numbers). */
const PROTOCOLS: Readonly<Record<string, string>> = {
  tcp: 'tcp',
  udp: 'udp',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '50': 'esp',
  '51': 'ah',
  '58': 'ipv6-icmp',
  '132': 'sctp',
  icmpv6: 'ipv6-icmp',
};

/** The order in which a list of states is written: states are a set, and each tool has its own order. */
const STATES: readonly string[] = [
  'INVALID',
  'NEW',
  'RELATED',
  'ESTABLISHED',
  'UNTRACKED',
  'SNAT',
  'DNAT',
];

/**
 * Brings the value of a condition to the one spelling that the same condition has in iptables, in
 * nft's text and in nft's JSON. A value of a key that it does not know is given back as it came.
 *
 * @example
 * normalizeMatchValue('dport', '1000:2000') // '1000-2000'
 * normalizeMatchValue('dst', '127.0.0.1/32') // '127.0.0.1'
 */
export function normalizeMatchValue(key: string, value: string): string {
  switch (key) {
    case 'protocol':
      return PROTOCOLS[value] ?? value.split(',').map(protocolName).join(',');
    case 'src':
    case 'dst':
      return value.includes(',')
        ? value.split(',').map(withoutWholePrefix).join(',')
        : withoutWholePrefix(value);
    case 'sport':
    case 'dport':
    case 'port':
      return value.replaceAll(':', '-');
    case 'in':
    case 'out':
      return value.endsWith('*') ? `${value.slice(0, -1)}+` : value;
    case 'ctstate':
      return sortedStates(value.toUpperCase().split(',')).join(',');
    case 'dst-type':
    case 'src-type':
      return value.toUpperCase();
    case 'mark':
    case 'ctmark':
      return value.split('/').map(hexMark).join('/');
    case 'limit':
      return value.replace(/\/sec$/, '/second').replace(/\/min$/, '/minute');
    default:
      return value;
  }
}

function protocolName(value: string): string {
  return PROTOCOLS[value] ?? value;
}

function withoutWholePrefix(address: string): string {
  if (address.endsWith('/32') && !address.includes(':')) return address.slice(0, -3);
  return address.endsWith('/128') ? address.slice(0, -4) : address;
}

function sortedStates(states: string[]): string[] {
  return states.sort((a, b) => STATES.indexOf(a) - STATES.indexOf(b));
}

/** iptables and nft's text write marks in hexadecimal, nft's JSON in decimal. */
function hexMark(mark: string): string {
  const value = Number(mark);
  return mark === '' || !Number.isSafeInteger(value) ? mark : `0x${value.toString(16)}`;
}
