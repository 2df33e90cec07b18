import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { findingsOf, partOf, shortOf } from '../testing/family.ts';
import { file, recording } from '../testing/recordings.ts';

const only = (files: readonly CapturedFile[]): Finding[] =>
  findingsOf('invalid-packet-reset', files);
const short = (files: readonly CapturedFile[]): string[] => shortOf('invalid-packet-reset', files);

describe('findInvalidPacketResets', () => {
  it('tells a RST that ended the client, while the proxy keeps its socket', () => {
    const [found] = only(recording('recordings/invalid-rst'));
    expect(found).toMatchObject({
      state: 'past',
      confidence: 'certain',
      ports: [25001],
      tuples: [{ src: '10.77.0.2', sport: 25001, dst: '10.77.0.1', dport: 5000 }],
    });
    expect(found?.summary).toContain('which ended it for one side and not for the other');
    const files = found?.evidence.map(({ file: path, packet }) => [path.split('/').at(-1), packet]);
    expect(files).toEqual([
      ['eth0.pcap', 6],
      ['eth0.pcap', 7],
      ['ss-tnaoep.txt', null],
      ['conntrack-S.txt', null],
    ]);
    expect(found?.evidence.at(-1)?.says).toContain('rose from 0 to 2');
  });

  it('tells a RST that its receiver ignored: the connection goes on', () => {
    const [found] = only(partOf('invalid-stray', 'eth0', 'conntrack-E', 'iptables'));
    expect(found?.confidence).toBe('certain');
    expect(found?.summary).toContain('which its receiver ignored');
    expect(found?.story.join(' ')).toContain('which the other side has not sent');
  });

  it('is likely where nothing is shown after the RST, and says what would show it', () => {
    const [found] = only(partOf('invalid-rst/', 'eth0', 'conntrack-E', 'iptables'));
    expect(found?.confidence).toBe('likely');
    expect(found?.missing.map(({ command }) => command)).toContain(
      'nsenter -t <pid of the proxy> -n ss -tnaoep',
    );
  });

  it('is likely where only a rule tells that the connection is translated', () => {
    expect(short(partOf('invalid-stray', 'eth0', 'iptables'))).toEqual(['past likely 25001']);
    expect(short(partOf('invalid-stray', 'eth0'))).toEqual([]);
  });

  it('reads the text of tcpdump', () => {
    const text = recording('forms/tcpdump-invalid-rst.txt').map(({ bytes }) => ({
      path: 'recordings/invalid-rst/tcpdump.txt',
      bytes,
    }));
    expect(short([...text, ...partOf('invalid-rst/', 'conntrack-E', 'iptables')])).toEqual([
      'past likely 25001',
    ]);
  });

  it("knows a backend's own address by the numbers, and advises the node", () => {
    const [found] = only(recording('recordings/backend-rst'));
    expect(found?.tuples[0]).toMatchObject({ dst: '10.96.0.9', dport: 80 });
    expect(found?.story.join(' ')).toContain('So it arrived from 10.78.0.2:8080');
    expect(found?.mitigations[0]?.command).toBe(
      'iptables -t mangle -A FORWARD -p tcp -m conntrack --ctstate INVALID -j DROP',
    );
  });

  it('needs no segment to be answered where it is dropped, or not INVALID: both were recorded', () => {
    expect(short(recording('recordings/invalid-drop'))).toEqual([]);
    expect(short(recording('recordings/invalid-liberal'))).toEqual([]);
  });

  it('is possible by the log and the counters alone (log line ours)', () => {
    const line =
      '[Sat Nov 28 01:24:53 2026] nf_ct_proto_6: SEQ is over upper bound 2205491500 (over the window of the receiver) IN=eth0 OUT= MAC=aa:bb:cc:dd:ee:ff:11:22:33:44:55:66:08:00 SRC=10.77.0.2 DST=10.77.0.1 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=1 PROTO=TCP SPT=25001 DPT=5000 SEQ=2210427131 ACK=671119210 WINDOW=512 RES=0x00 ACK URGP=0 \n';
    const listings = partOf('invalid-rst/3-after', 'conntrack-L', 'nstat');
    expect(short([...listings, file('dmesg.txt', line)])).toEqual(['past possible 25001']);
    expect(
      short([...listings, file('dmesg.txt', line.replace(' ACK URGP', ' ACK FIN URGP'))]),
    ).toEqual([]);
    expect(
      short([file('dmesg.txt', line), ...partOf('invalid-rst/3-after', 'conntrack-L')]),
    ).toEqual([]);
  });
});

/** `eth0` of a pod whose inbound traffic is redirected, in the form of the recordings. */
const T0 = 1_795_000_000;
const RULES = file(
  'rules.txt',
  '*nat\n-A PREROUTING -p tcp -j REDIRECT --to-ports 15006\nCOMMIT\n',
);
const ENTRY = file(
  'conntrack-L.txt',
  'tcp 6 431999 ESTABLISHED src=10.77.0.2 dst=10.77.0.1 sport=25001 dport=5000 src=10.77.0.1 dst=10.77.0.2 sport=15006 dport=25001 [ASSURED] use=1\n',
);
const TO = '10.77.0.2.25001 > 10.77.0.1.5000';
const BACK = '10.77.0.1.5000 > 10.77.0.2.25001';
const HANDSHAKE: readonly string[] = [
  `${TO}: Flags [S], seq 3000001000, win 64240, length 0`,
  `${BACK}: Flags [S.], seq 3000005000, ack 3000001001, win 65160, length 0`,
  `${TO}: Flags [.], ack 3000005001, win 63, length 0`,
];
const packets = (...lines: readonly string[]): CapturedFile[] => {
  const text = lines.map((line, i) => `${(T0 + i * 0.01).toFixed(6)} IP ${line}\n`).join('');
  return [RULES, ENTRY, file('tcpdump-eth0.txt', text)];
};

describe('findInvalidPacketResets on what only looks like it (synthetic text)', () => {
  const data = `${TO}: Flags [P.], seq 3000001001:3000001011, ack 3000005001, win 63, length 10`;
  const answered = `${BACK}: Flags [.], ack 3000001011, win 64, length 0`;
  const late = `${TO}: Flags [P.], seq 3000001011:3000001021, ack 3000005001, win 63, length 10`;
  const reset = `${BACK}: Flags [R], seq 3000005001, win 0, length 0`;

  it('finds the one that is none of these', () => {
    expect(short(packets(...HANDSHAKE, data, answered, late, reset))).toEqual([
      'past likely 25001',
    ]);
  });

  it('leaves a RST alone that answers data after a FIN or another RST', () => {
    const fin = `${BACK}: Flags [F.], seq 3000005001, ack 3000001011, win 64, length 0`;
    const abort = `${BACK}: Flags [R.], seq 3000005001, ack 3000001011, win 64, length 0`;
    for (const closing of [fin, abort]) {
      expect(short(packets(...HANDSHAKE, data, answered, closing, late, reset))).toEqual([]);
    }
  });

  it('leaves a port scan alone, and a SYN to a closed port', () => {
    const scan = [1, 2, 3].flatMap((port) => [
      `10.77.0.2.${port} > 10.77.0.1.5000: Flags [S], seq ${port}, win 1024, length 0`,
      `10.77.0.1.5000 > 10.77.0.2.${port}: Flags [R.], seq 0, ack ${port + 1}, win 0, length 0`,
    ]);
    expect(short(packets(...scan))).toEqual([]);
    const halfOpen = `${TO}: Flags [R], seq 3000001001, win 0, length 0`;
    expect(short(packets(...HANDSHAKE.slice(0, 2), halfOpen))).toEqual([]);
  });

  it('leaves a RST alone that the client sends: its NAT is not here', () => {
    const clientReset = `${TO}: Flags [R], seq 3000001011, win 0, length 0`;
    expect(short(packets(...HANDSHAKE, data, answered, clientReset))).toEqual([]);
  });

  it('leaves a connection alone that nothing translates', () => {
    const [, , text] = packets(...HANDSHAKE, data, answered, late, reset);
    expect(short([text as CapturedFile])).toEqual([]);
  });

  it('leaves an answer alone to a keep-alive of a connection whose beginning was not captured', () => {
    const probe = `${TO}: Flags [.], ack 3000005001, win 63, length 0`;
    expect(short(packets(probe, reset))).toEqual([]);
  });
});
