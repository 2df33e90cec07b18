import { type FieldRule, oneOf } from './field-rule.ts';

/** The counters that tell of collisions and of their neighbours. */
export const NSTAT_FIELDS: readonly FieldRule[] = [
  oneOf({
    TcpExtTCPChallengeACK:
      'Challenge ACKs sent (RFC 5961): answers to a SYN, RST or ACK that does not fit the socket it met.',
    TcpExtTCPSYNChallenge:
      'SYNs that met a socket of an older connection and were answered by a challenge ACK. This grows with every attempt that collides.',
    TcpExtTCPSynRetrans: 'SYNs and SYN/ACKs sent again, because no answer counted.',
    TcpRetransSegs: 'Segments sent again.',
    TcpExtTCPTimeouts: 'How often a retransmission timer fired.',
    TcpExtTCPLostRetransmit: 'Segments that were sent again and lost again.',
    TcpExtListenOverflows: 'Connections refused because nobody accepted those before them.',
    TcpExtListenDrops: 'SYNs that a listener dropped, for whatever reason.',
    TcpExtPAWSActive: 'Answers to a SYN dropped because their time stamp is not the one expected.',
    TcpExtPAWSEstab: 'Packets dropped because their time stamp is older than one seen before.',
    TcpExtPAWSOldAck: 'ACKs dropped because their time stamp is old.',
    TcpExtTCPACKSkippedChallenge: 'Challenge ACKs not sent, because of the limit on their rate.',
    TcpExtTCPACKSkippedPAWS:
      'ACKs not sent in answer to an old time stamp, because of the limit on their rate.',
    TcpExtTCPAbortOnTimeout: 'Connections given up because nothing was acknowledged for too long.',
    TcpExtTWRecycled: 'Ports in TIME-WAIT taken again because time stamps allowed it.',
    TcpExtTW: 'Sockets that came to the end of TIME-WAIT.',
    TcpActiveOpens: 'Connections that this side opened.',
    TcpPassiveOpens: 'Connections that this side accepted.',
    TcpAttemptFails: 'Connections that failed before they were established.',
    TcpEstabResets: 'Established connections that a RST ended.',
    TcpOutRsts: 'RSTs sent.',
    TcpInErrs: 'Segments received that were wrong.',
  }),
];
