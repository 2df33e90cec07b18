import { decodeText } from '@tuplescope/scan';

/**
 * The TCP service names that captures without `-n` show most, as /etc/services spells them (IANA
 * Service Name and Transport Protocol Port Number Registry; `www` and `webcache` are aliases there).
 */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['echo', 7],
  ['discard', 9],
  ['ftp-data', 20],
  ['ftp', 21],
  ['ssh', 22],
  ['telnet', 23],
  ['smtp', 25],
  ['domain', 53],
  ['http', 80],
  ['www', 80],
  ['kerberos', 88],
  ['pop3', 110],
  ['sunrpc', 111],
  ['ntp', 123],
  ['netbios-ssn', 139],
  ['imap2', 143],
  ['imap', 143],
  ['bgp', 179],
  ['ldap', 389],
  ['https', 443],
  ['microsoft-ds', 445],
  ['submissions', 465],
  ['submission', 587],
  ['ldaps', 636],
  ['domain-s', 853],
  ['imaps', 993],
  ['pop3s', 995],
  ['socks', 1080],
  ['mqtt', 1883],
  ['nfs', 2049],
  ['mysql', 3306],
  ['ms-wbt-server', 3389],
  ['postgresql', 5432],
  ['amqps', 5671],
  ['amqp', 5672],
  ['x11', 6000],
  ['redis', 6379],
  ['ircd', 6667],
  ['http-alt', 8080],
  ['webcache', 8080],
  ['git', 9418],
]);

const LONGEST_NAME = 15;

/** Gives the port of a service name, or 0 where the name is not one of those known here. */
export function servicePort(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONGEST_NAME) return 0;
  return PORTS.get(decodeText(bytes, start, end)) ?? 0;
}
