import { describe, expect, it } from 'vitest';
import { parseNstat } from './parse-nstat.ts';

const read = (...lines: string[]): [string, number][] =>
  [...parseNstat(lines.join('\n'))].map(({ name, value }) => [name, value]);

describe('netstat -s', () => {
  it('is read in the words of net-tools 1.60 too', () => {
    const table = read(
      'Ip:',
      '    8 total packets received',
      '    7 fragments received ok',
      'Icmp:',
      '    1 input ICMP message failed.',
      'Tcp:',
      '    473 active connections openings',
      '    137936 segments send out',
      '    29 segments retransmited',
      '    6 bad segments received.',
      'Udp:',
      '    9 packets to unknown port received.',
      'TcpExt:',
      '    12 TCP sockets finished time wait in fast timer',
      '    13766 packets directly queued to recvmsg prequeue.',
      '    1101482 packets directly received from backlog',
      '    46860 packets header predicted',
      '    3 packets rejects in established connections because of timestamp',
      '    2 SYNs to LISTEN sockets ignored',
      '    Quick ack mode was activated 4 times',
      '    Detected reordering 5 times using FACK',
      '    Ran 6 times out of system memory during packet sending',
      '    TCP ran low on memory 7 times',
    );
    expect(table).toEqual([
      ['IpInReceives', 8],
      ['IpFragOKs', 7],
      ['IcmpInErrors', 1],
      ['TcpActiveOpens', 473],
      ['TcpOutSegs', 137936],
      ['TcpRetransSegs', 29],
      ['TcpInErrs', 6],
      ['UdpNoPorts', 9],
      ['TcpExtTW', 12],
      ['TcpExtTCPPrequeued', 13766],
      ['TcpExtTCPDirectCopyFromBacklog', 1101482],
      ['TcpExtTCPHPHits', 46860],
      ['TcpExtPAWSEstab', 3],
      ['TcpExtListenDrops', 2],
      ['TcpExtDelayedACKLost', 4],
      ['TcpExtTCPFACKReorder', 5],
      ['TcpExtSockMallocOOM', 6],
      ['TcpExtTCPMemoryPressures', 7],
    ]);
  });

  it('tells the two ICMP histograms apart', () => {
    const table = read(
      'Icmp:',
      '    ICMP input histogram:',
      '        echo replies: 1',
      '        redirects: 2',
      '    5 ICMP messages sent',
      '    ICMP output histogram:',
      '        echo replies: 3',
      '        redirect: 4',
      'IcmpMsg:',
      '        InType3: 6',
    );
    expect(table).toEqual([
      ['IcmpInEchoReps', 1],
      ['IcmpInRedirects', 2],
      ['IcmpOutMsgs', 5],
      ['IcmpOutEchoReps', 3],
      ['IcmpOutRedirects', 4],
      ['IcmpMsgInType3', 6],
    ]);
  });

  it('keeps the text of a sentence that it does not know, with a warning', () => {
    const table = parseNstat('Tcp:\n    3 Segmente \u001b[1mneu gesendet\n    4 resets sent\n');
    expect([...table].map(({ name, value }) => [name, value])).toEqual([
      ['Tcp: N Segmente \\x1b[1mneu gesendet', 3],
      ['TcpOutRsts', 4],
    ]);
    expect(table.diagnostics).toMatchObject([
      { severity: 'warning', line: 2, found: '"3 Segmente \\x1b[1mneu gesendet"' },
    ]);
  });

  it('names fields of a group that it does not know as nstat would, with a hint', () => {
    const table = parseNstat('QuicExt:\n    InDrops: 3\n');
    expect(table.value('QuicExtInDrops')).toBe(3);
    expect(table.diagnostics).toMatchObject([{ severity: 'hint', line: 1 }]);
  });

  it('reads what grep left of it, where the words leave no doubt', () => {
    const table = parseNstat('    29 segments retransmitted\n    TCPChallengeACK: 140\n');
    expect([...table].map(({ name, value }) => [name, value])).toEqual([
      ['TcpRetransSegs', 29],
      ['TcpExtTCPChallengeACK', 140],
    ]);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['hint', 'hint']);
  });

  it('does not guess which group a sentence of two belongs to', () => {
    const table = parseNstat('    29 packets received\n    InErrors: 3\n');
    expect(table.length).toBe(0);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  it('reads lines that lost their indent, with hints', () => {
    const table = parseNstat('Tcp:\n4 resets sent\nInCsumErrors: 5\n');
    expect([table.value('TcpOutRsts'), table.value('TcpInCsumErrors')]).toEqual([4, 5]);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['hint', 'hint']);
  });

  it('warns where netstat says that it could not read all', () => {
    const table = parseNstat('Tcp:\n    4 resets sent\nerror parsing /proc/net/netstat: Success\n');
    expect(table.value('TcpOutRsts')).toBe(4);
    expect(table.diagnostics).toMatchObject([{ severity: 'warning', line: 3 }]);
  });

  it('ends at the next command', () => {
    const table = parseNstat('Udp:\n    4 packets sent\n$ ss\n    5 packets received\n');
    expect(table.length).toBe(1);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['hint', 'error']);
  });
});
