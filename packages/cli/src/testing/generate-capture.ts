/** What a made capture is to hold. */
export interface CaptureShape {
  /** How many packets; a capture of fewer is the beginning of one of more. */
  readonly packets: number;
  /** How many connections are open at a time. */
  readonly connections: number;
  /** Bytes of payload of a packet that carries some, on average. */
  readonly payload: number;
  /** How many addresses the clients have; the servers have a tenth as many. */
  readonly clients: number;
}

/** What one connection is about to send. */
interface Connection {
  readonly client: number;
  readonly server: number;
  readonly serverPort: number;
  clientPort: number;
  clientSeq: number;
  serverSeq: number;
  /** How many packets it has sent since its SYN. */
  step: number;
}

/** A packet of a connection, before it is written. */
interface Packet {
  readonly flags: number;
  readonly fromServer: boolean;
  readonly payload: number;
}

/** Bytes that are given at a time. */
const CHUNK = 1 << 20;
/** Records have their lowest byte first, as on most machines that capture. */
const LITTLE = true;
/** Bytes of the headers of a record, of Ethernet, IPv4 and TCP. */
const RECORD = 16;
const LINK = 14;
const IP = 20;
const TCP = 20;
/** MSS, SACK permitted, timestamps, window scale 7; and the timestamps alone, as segments have them. */
const SYN_OPTIONS = [2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 3, 7];
const OPTIONS = [1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0];

const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;

/** Packets of a connection from its SYN to the last acknowledgement. */
const LIFE = 94;
const SERVER_PORTS = [80, 443, 8080, 15006];

/**
 * Makes a pcap of many short TCP connections, chunk by chunk, the same on every machine: handshake,
 * 88 segments in both directions, two FINs and the last acknowledgement; then the client calls from
 * another port. The same memory is filled again and again.
 */
export function* generateCapture(shape: CaptureShape): Generator<Uint8Array, void, undefined> {
  const random = newRandom();
  const connections = Array.from({ length: shape.connections }, () => open(shape, random));
  const bytes = new Uint8Array(CHUNK);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xa1b2_c3d4, LITTLE);
  view.setUint16(4, 2, LITTLE);
  view.setUint16(6, 4, LITTLE);
  view.setUint32(16, 262_144, LITTLE);
  view.setUint32(20, 1, LITTLE);
  let at = 24;
  let microseconds = 0;
  for (let n = 0; n < shape.packets; n++) {
    const connection = connections[random(connections.length)] as Connection;
    const packet = nextPacket(connection, shape, random);
    const length = LINK + IP + TCP + optionsOf(packet).length + packet.payload;
    if (at + RECORD + length > CHUNK) {
      yield bytes.subarray(0, at);
      at = 0;
    }
    microseconds += 1 + random(40);
    view.setUint32(at, 1_700_000_000 + Math.floor(microseconds / 1e6), LITTLE);
    view.setUint32(at + 4, microseconds % 1e6, LITTLE);
    view.setUint32(at + 8, length, LITTLE);
    view.setUint32(at + 12, length, LITTLE);
    writePacket(bytes, view, at + RECORD, n, connection, packet);
    goOn(connection, packet, random);
    at += RECORD + length;
  }
  yield bytes.subarray(0, at);
}

/** A linear congruential generator (Numerical Recipes): numbers below a bound. */
function newRandom(): (below: number) => number {
  let state = 20231114;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function open({ clients }: CaptureShape, random: (below: number) => number): Connection {
  return {
    client: 0x0a00_0001 + random(clients),
    server: 0x0a60_0001 + random(Math.ceil(clients / 10)),
    serverPort: SERVER_PORTS[random(SERVER_PORTS.length)] as number,
    clientPort: 1024 + random(64_000),
    clientSeq: random(2 ** 32),
    serverSeq: random(2 ** 32),
    step: 0,
  };
}

function nextPacket(
  { step }: Connection,
  { payload }: CaptureShape,
  random: (below: number) => number,
): Packet {
  if (step === 0) return { flags: SYN, fromServer: false, payload: 0 };
  if (step === 1) return { flags: SYN | ACK, fromServer: true, payload: 0 };
  if (step === 2) return { flags: ACK, fromServer: false, payload: 0 };
  if (step === LIFE - 3) return { flags: FIN | ACK, fromServer: true, payload: 0 };
  if (step === LIFE - 2) return { flags: FIN | ACK, fromServer: false, payload: 0 };
  if (step === LIFE - 1) return { flags: ACK, fromServer: true, payload: 0 };
  return { flags: PSH | ACK, fromServer: random(2) === 1, payload: random(payload * 2 + 1) };
}

/** A connection has sent a packet; after the last one its client calls anew. */
function goOn(
  connection: Connection,
  { flags, fromServer, payload }: Packet,
  random: (below: number) => number,
): void {
  const sent = payload + (flags & (SYN | FIN) ? 1 : 0);
  if (fromServer) connection.serverSeq = (connection.serverSeq + sent) >>> 0;
  else connection.clientSeq = (connection.clientSeq + sent) >>> 0;
  connection.step++;
  if (connection.step < LIFE) return;
  connection.step = 0;
  connection.clientPort = 1024 + random(64_000);
}

function optionsOf({ flags }: Packet): readonly number[] {
  return flags & SYN ? SYN_OPTIONS : OPTIONS;
}

function writePacket(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  n: number,
  { client, server, clientPort, serverPort, clientSeq, serverSeq }: Connection,
  packet: Packet,
): void {
  const { flags, fromServer, payload } = packet;
  const options = optionsOf(packet);
  view.setUint32(at, 0x0200_0000);
  view.setUint32(at + 4, fromServer ? 0x0002_0200 : 0x0001_0200);
  view.setUint32(at + 8, fromServer ? 0x0000_0001 : 0x0000_0002);
  view.setUint16(at + 12, 0x0800);

  const ip = at + LINK;
  view.setUint32(ip, 0x4500_0000 | (IP + TCP + options.length + payload));
  view.setUint32(ip + 4, ((n & 0xffff) * 0x1_0000) | 0x4000);
  view.setUint32(ip + 8, 0x4006_0000);
  view.setUint32(ip + 12, fromServer ? server : client);
  view.setUint32(ip + 16, fromServer ? client : server);
  view.setUint16(ip + 10, checksum(view, ip));

  const tcp = ip + IP;
  view.setUint16(tcp, fromServer ? serverPort : clientPort);
  view.setUint16(tcp + 2, fromServer ? clientPort : serverPort);
  view.setUint32(tcp + 4, fromServer ? serverSeq : clientSeq);
  view.setUint32(tcp + 8, flags & ACK ? (fromServer ? clientSeq : serverSeq) : 0);
  view.setUint8(tcp + 12, ((TCP + options.length) / 4) << 4);
  view.setUint8(tcp + 13, flags);
  view.setUint16(tcp + 14, 502);
  view.setUint32(tcp + 16, 0);
  bytes.set(options, tcp + TCP);
  const timestamps = tcp + TCP + (flags & SYN ? 8 : 4);
  view.setUint32(timestamps, n);
  view.setUint32(timestamps + 4, flags & ACK ? Math.max(0, n - 99) : 0);
  bytes.fill(0x41, tcp + TCP + options.length, tcp + TCP + options.length + payload);
}

/** The checksum of an IPv4 header without options whose own checksum is zero (RFC 1071). */
function checksum(view: DataView, ip: number): number {
  let sum = 0;
  for (let i = 0; i < IP; i += 2) sum += view.getUint16(ip + i);
  sum = (sum & 0xffff) + (sum >>> 16);
  return ~(sum + (sum >>> 16)) & 0xffff;
}
