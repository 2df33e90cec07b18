import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addPacket } from './add-packet.ts';
import { nextPacket } from './next-packet.ts';
import { parsePcap } from './parse-pcap.ts';
import { PcapColumns } from './pcap-columns.ts';
import { endOfRun, newRun } from './pcap-run.ts';
import { bytesOf, ethernet, ipv4, pcapHeader, pcapRecord, tcp } from './testing/capture-bytes.ts';
import { setWindow } from './walk.ts';

const PACKETS = 6;

/** The records and diagnostics of a capture, each packet looked at with care. */
function readCarefully(bytes: Uint8Array): unknown {
  const run = newRun({});
  setWindow(run.walk, bytes, 0, 0, true);
  const columns = new PcapColumns(run.walk.interfaces.list, run.addresses, PACKETS * 2);
  columns.bytes = bytes;
  while (nextPacket(run.walk)) addPacket(run, columns);
  const records = Array.from({ length: columns.length }, (_, row) => columns.at(row));
  return { records, diagnostics: [...run.walk.damage.drain(), ...endOfRun(run)] };
}

function read(bytes: Uint8Array): unknown {
  const table = parsePcap(bytes);
  return { records: [...table], diagnostics: table.diagnostics };
}

/** Packets of which nearly nothing needs care; every number in them is one that a test may change. */
function plainCapture(isLittle: boolean, magic: number, snapLength: number): Uint8Array {
  const records = Array.from({ length: PACKETS }, (_, i) => {
    const options = i % 2 === 0 ? '' : '0101080a0000000100000002';
    const payload = new Uint8Array(i * 3).fill(65);
    const packet = ethernet(ipv4(tcp({ seq: i, flags: 0x18, options, payload })));
    return pcapRecord(packet, { isLittle, fraction: 5 + i });
  });
  return bytesOf(pcapHeader({ isLittle, magic, snapLength }), ...records);
}

const capture = fc
  .record({
    isLittle: fc.boolean(),
    magic: fc.constantFrom(0xa1b2_c3d4, 0xa1b2_3c4d),
    snapLength: fc.constantFrom(0, 70, 262_144),
  })
  .map(({ isLittle, magic, snapLength }) => plainCapture(isLittle, magic, snapLength));

it('gives plain packets the records that a careful look gives', () => {
  fc.assert(
    fc.property(capture, (bytes) => {
      expect(read(bytes)).toEqual(readCarefully(bytes));
    }),
    { numRuns: 20 },
  );
});

/** Bytes of a record up to the end of its TCP header, as `plainCapture` makes them. */
const HEADERS = 16 + 14 + 20 + 20;

it('leaves to the careful look what is not plain, whichever byte of a header is changed', () => {
  const original = plainCapture(true, 0xa1b2_c3d4, 70);
  const second = 24 + HEADERS;
  for (let at = second; at < second + HEADERS; at++) {
    for (const value of [0, 1, 0x20, 0x40, 0x42, 0x46, 0x60, 0xff]) {
      const bytes = original.slice();
      bytes[at] = value;
      expect(read(bytes), `byte ${at - second} is ${value}`).toEqual(readCarefully(bytes));
    }
  }
});

it('leaves to the careful look what several changes or an early end do', () => {
  const change = fc.record({ at: fc.nat(24 + PACKETS * 84), value: fc.nat(255) });
  const changes = fc.array(change, { maxLength: 3 });
  fc.assert(
    fc.property(capture, changes, fc.nat(60), (bytes, changed, cut) => {
      for (const { at, value } of changed) bytes[at % bytes.length] = value;
      const damaged = bytes.subarray(0, bytes.length - cut);
      expect(read(damaged)).toEqual(readCarefully(damaged));
    }),
    { numRuns: 100 },
  );
});
