import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { fillColumns } from './fill-columns.ts';
import { parsePcap } from './parse-pcap.ts';
import { PcapColumns } from './pcap-columns.ts';
import { PcapIndex } from './pcap-index.ts';
import { newRun } from './pcap-run.ts';
import { bytesOf, ethernet, ipv4, pcapHeader, pcapRecord, tcp } from './testing/capture-bytes.ts';
import { setWindow } from './walk.ts';

const PACKETS = 500_000;

/** A multiplicative generator (Numerical Recipes), so that every run measures the same packets. */
let state = 12345;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const TIMESTAMPS = '0101080a0000000100000002';
const HANDSHAKE = '020405b40402080a0000000100000000 01030307';

/** A synthetic capture: small packets, as of many short calls, among a few thousand connections. */
function capture(packets: number): Uint8Array {
  const header = pcapHeader();
  const shapes = Array.from({ length: 41 }, (_, size) => {
    const payload = new Uint8Array(size).fill(65);
    const segment =
      size === 0 ? tcp({ options: HANDSHAKE }) : tcp({ flags: 0x18, options: TIMESTAMPS, payload });
    return pcapRecord(ethernet(ipv4(segment)));
  });
  const bytes = new Uint8Array(header.length + packets * 160);
  bytes.set(header);
  let at = header.length;
  for (let i = 0; i < packets; i++) {
    const record = shapes[random(shapes.length)] as Uint8Array;
    bytes.set(record, at);
    const connection = random(5000);
    // Seconds, then the low bytes of the client's address, its port, and the sequence number.
    bytes.set(bytesOf([(i >>> 16) & 255]), at + 1);
    bytes.set([connection >>> 8, connection & 255], at + 16 + 14 + 14);
    bytes.set([connection >>> 4, connection & 255], at + 16 + 34);
    bytes.set([i >>> 16, (i >>> 8) & 255, i & 255], at + 16 + 34 + 5);
    at += record.length;
  }
  return bytes.subarray(0, at);
}

/** All segments as columns, in the same arrays again and again. */
function readColumns(bytes: Uint8Array): number {
  const run = newRun({});
  setWindow(run.walk, bytes, 0, 0, true);
  const columns = new PcapColumns(run.walk.interfaces.list, run.addresses);
  let rows = 0;
  while (fillColumns(run, columns)) rows += columns.length;
  return rows;
}

function index(bytes: Uint8Array): PcapIndex {
  const made = new PcapIndex();
  for (let at = 0; at < bytes.length; at += 1 << 20)
    made.append(bytes.subarray(at, at + (1 << 20)));
  made.finish();
  return made;
}

const bytes = capture(PACKETS);
printComparison(compareWithFloor('columns, one after the other', bytes, readColumns), 0.6);
printComparison(compareWithFloor('columns, all kept', bytes, parsePcap), 0.6);
printComparison(compareWithFloor('index', bytes, index));
console.log(`${bytesPerRow(() => parsePcap(bytes)).toFixed(0)} bytes a row`);
