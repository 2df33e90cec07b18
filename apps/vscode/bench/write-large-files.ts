import { closeSync, openSync, writeSync } from 'node:fs';

/** Bytes that are written at once. */
const CHUNK = 8 << 20;

const RECORD = 16;
const PACKET = 84;

/**
 * Writes a pcap of whole short connections to a file, 100 bytes a packet: SYN, SYN/ACK, ACK, requests and
 * answers of 30 bytes, FIN from both sides. The same for the same number of packets.
 */
export function writeCapture(path: string, packets: number): void {
  const file = openSync(path, 'w');
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(1, 20);
  writeSync(file, head);
  const chunk = Buffer.alloc(CHUNK - (CHUNK % (RECORD + PACKET)));
  let at = 0;
  for (let i = 0; i < packets; i++) {
    writePacket(chunk, at, i);
    at += RECORD + PACKET;
    if (at < chunk.length) continue;
    writeSync(file, chunk);
    at = 0;
  }
  writeSync(file, chunk.subarray(0, at));
  closeSync(file);
}

/** Packets of one connection; a hundred connections run at a time. */
const STEPS = 20;
const AT_ONCE = 100;

const SYN = 0x02;
const ACK = 0x10;
const PSH_ACK = 0x18;
const FIN_ACK = 0x11;

function writePacket(bytes: Buffer, at: number, i: number): void {
  const round = Math.floor(i / (STEPS * AT_ONCE));
  const step = Math.floor(i / AT_ONCE) % STEPS;
  const connection = round * AT_ONCE + (i % AT_ONCE);
  const isReply = step % 2 === 1;
  const flags =
    [SYN, SYN | ACK, ACK][step] ??
    (step < STEPS - 3 ? PSH_ACK : step === STEPS - 1 ? ACK : FIN_ACK);
  const data = flags === PSH_ACK ? 30 : 0;
  const micros = i * 10;
  bytes.fill(0, at, at + RECORD + PACKET);
  bytes.writeUInt32LE(1_700_000_000 + Math.floor(micros / 1e6), at);
  bytes.writeUInt32LE(micros % 1_000_000, at + 4);
  bytes.writeUInt32LE(PACKET, at + 8);
  bytes.writeUInt32LE(PACKET, at + 12);
  const ip = at + RECORD + 14;
  bytes.writeUInt16BE(0x0800, ip - 2);
  bytes[ip] = 0x45;
  bytes.writeUInt16BE(40 + data, ip + 2);
  bytes[ip + 8] = 64;
  bytes[ip + 9] = 6;
  const client = (10 << 24) | (connection % 2000);
  const server = (10 << 24) | (96 << 16) | (connection % 50);
  bytes.writeUInt32BE(isReply ? server : client, ip + 12);
  bytes.writeUInt32BE(isReply ? client : server, ip + 16);
  const tcp = ip + 20;
  const port = 20_000 + (connection % 40_000);
  bytes.writeUInt16BE(isReply ? 80 : port, tcp);
  bytes.writeUInt16BE(isReply ? port : 80, tcp + 2);
  const [sent, answered] = sentBefore(step);
  const numbers = [1000 + connection + sent, 5000 + connection + answered];
  bytes.writeUInt32BE(numbers[isReply ? 1 : 0] as number, tcp + 4);
  bytes.writeUInt32BE(step === 0 ? 0 : (numbers[isReply ? 0 : 1] as number), tcp + 8);
  bytes[tcp + 12] = 0x50;
  bytes[tcp + 13] = flags;
  bytes.writeUInt16BE(64_000, tcp + 14);
}

/** Bytes of sequence space that client and server have used before a step. */
function sentBefore(step: number): readonly [client: number, server: number] {
  const used = [0, 0] as [number, number];
  for (let before = 0; before < step; before++) {
    const isControl = before < 2 || before === STEPS - 3 || before === STEPS - 2;
    used[before % 2] =
      (used[before % 2] as number) +
      (isControl ? 1 : before === 2 || before === STEPS - 1 ? 0 : 30);
  }
  return used;
}

/** Writes a listing of `conntrack -L` with so many entries. */
export function writeEntries(path: string, entries: number): void {
  const file = openSync(path, 'w');
  let text = '';
  for (let i = 0; i < entries; i++) {
    const [client, server] = [`10.0.${(i >> 8) & 255}.${i & 255}`, `10.96.${i % 7}.${i % 251}`];
    const port = 1024 + (i % 60_000);
    text += `tcp      6 ${i % 432_000} ESTABLISHED src=${client} dst=${server} sport=${port} dport=443 src=${server} dst=${client} sport=443 dport=${port} [ASSURED] mark=0 use=1\n`;
    if (text.length < CHUNK) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}
