export { isAnyAddress, isLoopback, isSameAddress, normalizeAddress } from './address.ts';
export { AddressColumn, type TextPool } from './address-column.ts';
export { type Endpoint, formatEndpoint, isSameEndpoint } from './endpoint.ts';
export { formatIpv4, parseIpv4, readIpv4 } from './ipv4.ts';
export { formatIpv6, isIpv6, mappedIpv4, parseIpv6 } from './ipv6.ts';
export { addSerial, isAfter, isBefore, serialDistance } from './serial.ts';
export {
  ACK,
  AE,
  CWR,
  ECE,
  FIN,
  formatTcpFlags,
  PSH,
  parseTcpFlags,
  RST,
  SYN,
  URG,
} from './tcp-flags.ts';
export type { TcpOptions, TcpSegment } from './tcp-segment.ts';
export { formatTuple, invertTuple, type Tuple, tupleKey } from './tuple.ts';
