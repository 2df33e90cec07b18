import { formatIpv6 } from '@tuplescope/net';
import fc from 'fast-check';
import type { LoggedPacket, NetfilterLogRecord } from '../netfilter-log-record.ts';

const byte = fc.nat({ max: 0xff });
const word = fc.nat({ max: 0xffff });
const long = fc.nat({ max: 0xffffffff });
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,14}$/);
const isSet = fc.option(fc.constant(true as const), { nil: undefined });
const hexBytes = fc
  .array(byte, { minLength: 4, maxLength: 40 })
  .map((bytes) => bytes.map((b) => b.toString(16).toUpperCase().padStart(2, '0')).join(''));
const letters = fc.subarray([...'FSRPAUEWe']).map((flags) => flags.join(''));
const ipv4 = fc.tuple(byte, byte, byte, byte).map((parts) => parts.join('.'));
// A mapped address has a dotted quad in its short form, which the renderer does not write.
const ipv6 = fc
  .array(fc.oneof(fc.constant(0), word), { minLength: 8, maxLength: 8 })
  .filter((groups) => groups[5] !== 0xffff)
  .map(formatIpv6);

const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });

const none = {
  sport: fc.constant(null),
  dport: fc.constant(null),
  flags: fc.constant(null),
  win: fc.constant(null),
};
const ports = { sport: word, dport: word };

const ipv4Header = fc.record({
  src: ipv4,
  dst: ipv4,
  len: word,
  ttl: byte,
  ipId: word,
  tos: byte.map((tos) => tos & 0xfe),
  ce: isSet,
  df: isSet,
  mf: isSet,
  ipOptions: optional(hexBytes),
});
const ipv6Header = fc.record({
  src: ipv6,
  dst: ipv6,
  len: word,
  ttl: byte,
  ipId: fc.constant(null),
  tos: byte,
  flowLabel: fc.nat({ max: 0xfffff }),
});

const tcp = fc.record({
  proto: fc.constant('TCP'),
  ...ports,
  flags: letters,
  win: word,
  res: byte.map((res) => res & 0x3c),
  urgp: word,
  tcpOptions: optional(hexBytes),
});
const sequence = fc.oneof(fc.constant({}), fc.record({ seq: long, ack: long }));
const udp = fc.record({
  ...none,
  ...ports,
  proto: fc.constantFrom('UDP', 'UDPLITE'),
  udpLength: word,
});
const ipsec = fc.record({ ...none, proto: fc.constantFrom('AH', 'ESP'), spi: long });
const other = fc.record({ ...none, proto: fc.constantFrom('2', '47', '132') });
const fragmentFields = {
  ...none,
  proto: fc.constantFrom('TCP', 'UDP'),
  fragment: fc.integer({ min: 1, max: 0x1fff }).map((units) => units * 8),
};
const fragment = fc.record(fragmentFields);
const fragment6 = fc.record({ ...fragmentFields, fragmentId: long, mf: isSet });
const incomplete = fc.record({
  ...none,
  proto: fc.constantFrom('TCP', 'UDP', 'ICMP', 'AH'),
  incomplete: word,
});
const transport = fc.oneof(
  fc.tuple(tcp, sequence).map(([header, numbers]) => ({ ...header, ...numbers })),
  udp,
  ipsec,
  other,
  incomplete,
);

function packet(ip: fc.Arbitrary<object>, above: fc.Arbitrary<object>): fc.Arbitrary<LoggedPacket> {
  return fc.tuple(ip, above).map(([header, rest]) => withoutUndefined({ ...header, ...rest }));
}

const icmp = fc.record({
  ...none,
  proto: fc.constant('ICMP'),
  icmp: fc.oneof(
    fc.record({ type: fc.constantFrom(0, 8), code: byte, id: word, seq: word }),
    fc.record({ type: fc.constant(13), code: byte }),
    fc.record({
      type: fc.constant(3),
      code: fc.constant(4),
      inner: packet(ipv4Header, fc.oneof(transport, fragment)),
      mtu: word,
    }),
    fc.record({
      type: fc.constant(5),
      code: byte,
      gateway: ipv4,
      inner: packet(ipv4Header, fc.oneof(transport, fragment)),
    }),
  ),
});
const icmp6 = fc.record({
  ...none,
  proto: fc.constant('ICMPv6'),
  icmp: fc.oneof(
    fc.record({ type: fc.constantFrom(128, 129), code: byte, id: word, seq: word }),
    fc.record({
      type: fc.constant(2),
      code: byte,
      inner: packet(ipv6Header, fc.oneof(transport, fragment6)),
      mtu: long,
    }),
  ),
});

const owner = fc.oneof(fc.constant({}), fc.record({ uid: long, gid: long }));
const line = fc.record({
  at: fc.constant(null),
  uptime: fc.nat({ max: 2 ** 31 }).map((milliseconds) => milliseconds / 1000),
  prefix: fc.constantFrom('', 'PREFIX', 'a b: ', '[UFW BLOCK] ', 'IN=lan OUT: '),
  in: fc.option(name),
  out: fc.option(name),
  physin: optional(name),
  physout: optional(name),
  reason: fc.constant(null),
  mark: optional(fc.integer({ min: 1, max: 0xffffffff })),
});

/** Records of every kind that LOG prints, without their source. */
export const logRecord: fc.Arbitrary<Omit<NetfilterLogRecord, 'source'>> = fc
  .tuple(
    line,
    fc.oneof(
      packet(ipv4Header, fc.oneof(transport, fragment, icmp)),
      packet(ipv6Header, fc.oneof(transport, fragment6, icmp6)),
    ),
    owner,
  )
  .map(([head, body, tail]) => withoutUndefined({ ...head, ...body, ...tail }));

function withoutUndefined<T extends object>(value: object): T {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as T;
}
