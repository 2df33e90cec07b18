import { describe, expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import {
  bytesOf,
  ethernet,
  interfaceBlock,
  ipv4,
  ipv6,
  numberBytes,
  packetBlock,
  pcapHeader,
  pcapRecord,
  sectionHeader,
  tcp,
} from './testing/capture-bytes.ts';
import { LINK_FORMS } from './testing/link-forms.ts';

function read(linkType: number, data: Uint8Array, options = {}) {
  return parsePcap(bytesOf(pcapHeader({ linkType }), pcapRecord(data)), options);
}

describe.each(LINK_FORMS)('$name', ({ linkType, data }) => {
  it('gives its TCP segment', () => {
    const table = read(linkType, data);
    expect(table.diagnostics).toEqual([]);
    expect(table.length).toBe(1);
    const { sport, dport, flags, seq, ack, win, len } = table.at(0);
    expect({ sport, dport, flags, seq, win, len }).toEqual({
      sport: 40000,
      dport: 8080,
      flags: 'S',
      seq: 1,
      win: 502,
      len: 0,
    });
    expect(ack).toBeUndefined();
  });

  it('is cut at any byte without harm', () => {
    for (let length = 0; length < data.length; length++) {
      const file = bytesOf(
        pcapHeader({ linkType }),
        pcapRecord(data.subarray(0, length), { wire: data.length }),
        pcapRecord(data),
      );
      const rows = [...parsePcap(file, { tunnels: true, all: true })];
      expect(rows.map(({ n }) => n)).toEqual([1, 2]);
      expect(rows[1]?.proto).toBeUndefined();
    }
  });
});

describe('tunnels', () => {
  const inner = ipv4(tcp({ seq: 9 }));
  const frame = ethernet(inner);
  const udp = (port: number, payload: Uint8Array): Uint8Array =>
    ipv4(
      bytesOf('8235', numberBytes(port, 2), numberBytes(8 + payload.length, 2), '0000', payload),
      17,
    );
  it.each([
    ['IPv4 in IPv4', ipv4(inner, 4)],
    ['IPv6 in IPv4', ipv4(ipv6(tcp({ seq: 9 })), 41)],
    ['IPv4 in IPv6', ipv6(inner, 4)],
    ['GRE', ipv4(bytesOf('0000 0800', inner), 47)],
    [
      'GRE with checksum, key and sequence',
      ipv4(bytesOf('b000 0800 00000000 00000001 00000002', inner), 47),
    ],
    ['GRE of Ethernet', ipv4(bytesOf('0000 6558', frame), 47)],
    ['VXLAN', udp(4789, bytesOf('08000000 00002a00', frame))],
    ['VXLAN on the port of Linux', udp(8472, bytesOf('08000000 00002a00', frame))],
    ['Geneve with an option', udp(6081, bytesOf('0200 6558 00002a00 0102800100000000', frame))],
    ['Geneve of IP', udp(6081, bytesOf('0000 0800 00002a00', inner))],
    ['a tunnel in a tunnel', ipv4(ipv4(bytesOf('0000 0800', inner), 47), 4)],
  ])('gives the segment inside %s when asked', (_, packet) => {
    expect(read(101, packet).length).toBe(0);
    const table = read(101, packet, { tunnels: true });
    expect([...table].map(({ seq, dport }) => [seq, dport])).toEqual([[9, 8080]]);
    expect(table.diagnostics).toEqual([]);
  });

  it('does not follow tunnels in tunnels without end', () => {
    let packet = inner;
    for (let i = 0; i < 200; i++) packet = ipv4(packet, 4);
    expect(read(101, packet, { tunnels: true }).length).toBe(0);
  });
});

it('keeps the first fragment and counts the others', () => {
  const first = pcapRecord(ipv4(tcp({ payload: new Uint8Array(4) }), 6, 0x2000));
  const later = pcapRecord(ipv4(tcp(), 6, 0x0003));
  const table = parsePcap(bytesOf(pcapHeader({ linkType: 101 }), first, later, later));
  expect([...table].map(({ n, len, fragment }) => [n, len, fragment])).toEqual([[1, 4, true]]);
  expect(table.diagnostics[0]?.found).toBe('2 fragment');
});

it('ignores the padding of a short Ethernet frame', () => {
  const frame = bytesOf(ethernet(ipv4(tcp())), new Uint8Array(6));
  expect(frame.length).toBe(60);
  expect(read(1, frame).at(0)).toMatchObject({ len: 0, ipLength: 40, truncated: false });
});

it('takes the length on the wire where the IP header has none, as of a packet not yet segmented', () => {
  const packet = ipv4(tcp({ payload: new Uint8Array(3000) }));
  packet.set([0, 0], 2);
  expect(read(101, packet).at(0).len).toBe(3000);
});

it('names link types that it does not read', () => {
  const file = bytesOf(
    sectionHeader(),
    interfaceBlock(189),
    interfaceBlock(147),
    packetBlock(new Uint8Array(40), 0n, 0),
    packetBlock(new Uint8Array(40), 0n, 1),
    packetBlock(new Uint8Array(40), 0n, 0),
  );
  const { length, diagnostics } = parsePcap(file);
  expect(length).toBe(0);
  expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', 'expected a link type that is read, found 2 USB_LINUX (189), 1 USER0 (147)'],
  ]);
});

it('gives other packets too when asked, with what they are', () => {
  const udp = ipv4(bytesOf('0035 8235 0008 0000'), 17);
  const file = bytesOf(
    pcapHeader(),
    pcapRecord(ethernet(udp)),
    pcapRecord(ethernet(new Uint8Array(28), '0806')),
    pcapRecord(ethernet(ipv4(tcp()))),
  );
  const rows = [...parsePcap(file, { all: true })];
  expect(
    rows.map(({ n, proto, src, sport, dport, len, flags }) => [
      n,
      proto,
      src,
      sport,
      dport,
      len,
      flags,
    ]),
  ).toEqual([
    [1, 'udp', '10.0.0.1', 53, 33333, 8, ''],
    [2, 'arp', '', 0, 0, 42, ''],
    [3, undefined, '10.0.0.1', 40000, 8080, 0, 'S'],
  ]);
});

it('says the interface that SLL2 numbers, and the direction', () => {
  const cooked = bytesOf('0800 0000 00000007 0001 04 06 020000000001 0000', ipv4(tcp()));
  expect(read(276, cooked).at(0)).toMatchObject({ interface: '#7', direction: 'Out' });
});
