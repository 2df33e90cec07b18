import { describe, expect, it } from 'vitest';
import type { NetfilterLogRecord } from './netfilter-log-record.ts';
import { parseNetfilterLog } from './parse-netfilter-log.ts';

const v4 = 'SRC=10.0.0.1 DST=10.0.0.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=77 ';
const v6 =
  'SRC=fd00:0000:0000:0000:0000:0000:0000:0001 DST=fd00:0000:0000:0000:0000:0000:0000:0002 LEN=60 TC=3 HOPLIMIT=63 FLOWLBL=867133 ';

function read(fields: string): NetfilterLogRecord {
  const table = parseNetfilterLog(`[  1.0] X: IN=eth0 OUT= ${fields}`);
  expect(table.diagnostics).toEqual([]);
  expect(table.length).toBe(1);
  return table.at(0);
}

describe('a LOG line', () => {
  it('of TCP has its flags in the order of the letters', () => {
    const all = 'AE CWR ECE URG ACK PSH RST SYN FIN ';
    const record = read(`${v4}PROTO=TCP SPT=1 DPT=65535 WINDOW=5 RES=0x3c ${all}URGP=9 `);
    expect(record).toMatchObject({ flags: 'FSRPAUEWe', sport: 1, dport: 65535, win: 5 });
    expect(record).toMatchObject({ res: 0x3c, urgp: 9, proto: 'TCP' });
  });

  it('of TCP without flags has an empty set of them', () => {
    expect(read(`${v4}PROTO=TCP SPT=1 DPT=2 WINDOW=5 RES=0x00 URGP=0 `).flags).toBe('');
  });

  it('tells the ACK flag from the ACK number', () => {
    const tcp = 'PROTO=TCP SPT=1 DPT=2 SEQ=4294967295 ACK=0 WINDOW=5 RES=0x00 SYN URGP=0 ';
    expect(read(`${v4}${tcp}`)).toMatchObject({ seq: 4294967295, ack: 0, flags: 'S' });
  });

  it('of UDP has two lengths', () => {
    expect(read(`${v4}PROTO=UDP SPT=53 DPT=4000 LEN=40 `)).toMatchObject({
      len: 60,
      udpLength: 40,
      proto: 'UDP',
      flags: null,
    });
  });

  it('of UDP over IPv6 has short addresses and a hop limit', () => {
    expect(read(`${v6}PROTO=UDP SPT=53 DPT=4000 LEN=20 `)).toMatchObject({
      src: 'fd00::1',
      dst: 'fd00::2',
      len: 60,
      ttl: 63,
      ipId: null,
      tos: 3,
      flowLabel: 867133,
      udpLength: 20,
    });
  });

  it('has all bits of the type of service and the fragment flags', () => {
    const fields =
      'SRC=10.0.0.1 DST=10.0.0.2 LEN=60 TOS=0x1E PREC=0xC0 TTL=64 ID=77 CE DF MF FRAG:64 ';
    expect(read(`${fields}PROTO=UDP `)).toMatchObject({
      tos: 0xde,
      ce: true,
      df: true,
      mf: true,
      fragment: 512,
      sport: null,
    });
  });

  it('has the options of IPv4 and of TCP', () => {
    const tcp = 'PROTO=TCP SPT=1 DPT=2 WINDOW=5 RES=0x00 SYN URGP=0 OPT (020405B4) ';
    expect(read(`${v4}OPT (94040000) ${tcp}`)).toMatchObject({
      ipOptions: '94040000',
      tcpOptions: '020405B4',
    });
  });

  it('of an echo tells ID and SEQ from those of other headers', () => {
    const record = read(`${v4}PROTO=ICMP TYPE=8 CODE=0 ID=9 SEQ=3 `);
    expect(record).toMatchObject({ ipId: 77, icmp: { type: 8, code: 0, id: 9, seq: 3 } });
    expect(record.seq).toBeUndefined();
  });

  it('of an ICMP error has the packet that it quotes', () => {
    const inner = 'SRC=10.0.0.2 DST=10.0.0.9 LEN=1500 TOS=0x00 PREC=0x00 TTL=60 ID=5 DF ';
    const quoted = `[${inner}PROTO=TCP SPT=5 DPT=443 SEQ=1 ACK=2 WINDOW=3 RES=0x00 ACK URGP=0 ] `;
    const record = read(`${v4}PROTO=ICMP TYPE=3 CODE=4 ${quoted}MTU=1400 MARK=0x1f `);
    expect(record).toMatchObject({ src: '10.0.0.1', ipId: 77, sport: null, mark: 0x1f });
    expect(record.icmp).toEqual({
      type: 3,
      code: 4,
      mtu: 1400,
      inner: {
        src: '10.0.0.2',
        dst: '10.0.0.9',
        len: 1500,
        ttl: 60,
        ipId: 5,
        proto: 'TCP',
        sport: 5,
        dport: 443,
        flags: 'A',
        win: 3,
        tos: 0,
        df: true,
        seq: 1,
        ack: 2,
        res: 0,
        urgp: 0,
      },
    });
  });

  it('of an ICMP error may quote a packet whose header is not whole', () => {
    const inner = '[SRC=10.0.0.2 DST=10.0.0.9 LEN=44 TOS=0x00 PREC=0x00 TTL=40 ID=5 DF ';
    const record = read(`${v4}PROTO=ICMP TYPE=3 CODE=3 ${inner}PROTO=TCP INCOMPLETE [8 bytes] ] `);
    expect(record.icmp?.inner).toMatchObject({ proto: 'TCP', incomplete: 8, sport: null });
  });

  it('of an ICMPv6 error and of a redirect has what they carry', () => {
    const inner = `[${v6}PROTO=UDP SPT=1 DPT=2 LEN=8 ] `;
    const tooBig = read(`${v6}PROTO=ICMPv6 TYPE=2 CODE=0 ${inner}MTU=1280 `);
    expect(tooBig.icmp).toMatchObject({ type: 2, mtu: 1280, inner: { src: 'fd00::1', dport: 2 } });
    const pointer = read(`${v6}PROTO=ICMPv6 TYPE=4 CODE=1 POINTER=00000028 ${inner}`);
    expect(pointer.icmp).toMatchObject({ pointer: 0x28 });
    const redirect = read(`${v4}PROTO=ICMP TYPE=5 CODE=1 GATEWAY=10.0.0.254 [${v4}PROTO=47 ] `);
    expect(redirect.icmp).toMatchObject({ gateway: '10.0.0.254', inner: { proto: '47' } });
    const parameter = read(`${v4}PROTO=ICMP TYPE=12 CODE=0 PARAMETER=20 `);
    expect(parameter.icmp).toMatchObject({ parameter: 20 });
  });

  it('of IPsec has the security parameters index', () => {
    expect(read(`${v4}PROTO=ESP SPI=0xc0ffee `)).toMatchObject({ proto: 'ESP', spi: 0xc0ffee });
    expect(read(`${v4}PROTO=AH SPI=0x100 `)).toMatchObject({ proto: 'AH', spi: 0x100 });
    expect(read(`${v6}OPT ( AH SPI=0x100 ) PROTO=TCP INCOMPLETE [4 bytes] `)).toMatchObject({
      spi: 0x100,
      proto: 'TCP',
      incomplete: 4,
    });
    expect(read(`${v6}OPT ( ESP SPI=0x100 )`)).toMatchObject({ spi: 0x100, proto: null });
  });

  it('of an IPv6 fragment has its place', () => {
    expect(read(`${v6}OPT ( FRAG:1448 INCOMPLETE ID:0000beef ) PROTO=UDP `)).toMatchObject({
      fragment: 1448,
      mf: true,
      fragmentId: 0xbeef,
      proto: 'UDP',
    });
  });

  it('has the Ethernet header of MAC=', () => {
    const header = '02:42:ac:1d:49:07:02:42:5e:f7:11:03:08:00';
    expect(read(`MAC=${header} ${v4}PROTO=47 `).mac).toEqual({
      header,
      destination: '02:42:ac:1d:49:07',
      source: '02:42:5e:f7:11:03',
      protocol: '0800',
    });
    expect(read(`MAC= ${v4}PROTO=47 `).mac).toBeUndefined();
    const tunnel = read(`MAC=70:54 TUNNEL=216.66.80.26->192.168.10.15 ${v6}PROTO=47 `);
    expect(tunnel.mac).toEqual({
      header: '70:54',
      tunnel: { src: '216.66.80.26', dst: '192.168.10.15' },
    });
  });

  it('has the link-layer fields of --log-macdecode and of a bridge', () => {
    const mac =
      'MACSRC=02:42:5e:f7:11:03 MACDST=02:42:ac:1d:49:07 VPROTO=8100 VID=12 MACPROTO=0800 ';
    expect(read(`PHYSIN=veth1 PHYSOUT=veth2 ${mac}${v4}PROTO=47 `)).toMatchObject({
      in: 'eth0',
      physin: 'veth1',
      physout: 'veth2',
      mac: {
        source: '02:42:5e:f7:11:03',
        destination: '02:42:ac:1d:49:07',
        protocol: '0800',
        vlan: { protocol: '8100', id: 12 },
      },
    });
  });

  it('of ARP has its payload', () => {
    const arp = 'ARP HTYPE=1 PTYPE=0x0800 OPCODE=2 ';
    const payload =
      'MACSRC=02:42:5e:f7:11:03 IPSRC=10.0.0.1 MACDST=02:42:ac:1d:49:07 IPDST=10.0.0.2';
    expect(read(`${arp}${payload}`)).toMatchObject({
      proto: 'ARP',
      src: '10.0.0.1',
      dst: '10.0.0.2',
      arp: {
        hardwareType: 1,
        protocolType: 0x0800,
        opcode: 2,
        macSource: '02:42:5e:f7:11:03',
        macDestination: '02:42:ac:1d:49:07',
      },
    });
    expect(read('ARP HTYPE=6 PTYPE=0x0800 OPCODE=1')).toMatchObject({ src: null, proto: 'ARP' });
  });

  it('of a frame that is no IP, or of a packet without a header, has no addresses', () => {
    const lldp = 'MAC=01:80:c2:00:00:0e:02:42:5e:f7:11:03:88:cc ';
    expect(read(lldp)).toMatchObject({ src: null, dst: null, mac: { protocol: '88cc' } });
    expect(read('TRUNCATED')).toMatchObject({ src: null, truncated: true });
  });

  it('has the owner of the socket and the mark at its end', () => {
    const tcp = 'PROTO=TCP SPT=1 DPT=2 WINDOW=5 RES=0x00 SYN URGP=0 ';
    expect(read(`${v4}${tcp}UID=4294967295 GID=0 MARK=0xffffffff`)).toMatchObject({
      uid: 4294967295,
      gid: 0,
      mark: 0xffffffff,
    });
  });

  it('of conntrack names the protocol in the prefix and the reason apart', () => {
    for (const [tag, reason] of [
      ['nf_ct_proto_17: ', 'truncated/malformed packet'],
      ['nf_ct_proto_58: ', 'invalid icmp type'],
      ['nf_ct_proto_1: ', 'outer daddr 10.0.0.1 != inner 10.0.0.2'],
      ['nf_ct_tcp: ', 'invalid packet ignored in state ESTABLISHED'],
    ] as const) {
      const [record] = parseNetfilterLog(`[ 1.0] ${tag}${reason}  IN= OUT= ${v4}PROTO=47 `);
      expect(record).toMatchObject({ prefix: tag, reason, in: null, out: null });
    }
  });
});
