/** What the states of a TCP socket mean, as `ss` writes them (RFC 9293 section 3.3.2). */
export const SOCKET_STATES: Readonly<Record<string, string>> = {
  'SYN-SENT':
    'This socket sent a SYN and waits for an answer. It repeats the SYN after 1, 2, 4, 8 … seconds; if it stays here, the answer did not come or did not count.',
  'SYN-RECV': 'A SYN came and was answered; the third packet of the handshake is awaited.',
  ESTAB: 'Open in both directions.',
  'FIN-WAIT-1': 'This side has closed and sent a FIN that is not acknowledged yet.',
  'FIN-WAIT-2':
    'This side has closed, the other has not: half-closed. It stays so until the peer closes; with a process still holding it there is no limit, and conntrack may forget the connection before.',
  'CLOSE-WAIT':
    'The peer has closed; the process that holds this socket has not yet. conntrack forgets such a connection after nf_conntrack_tcp_timeout_close_wait, 60 seconds by default.',
  'LAST-ACK': 'Both sides have closed; the acknowledgement of the last FIN is awaited.',
  'TIME-WAIT':
    'Closed; the port is kept for 60 seconds, so that late packets find no new connection.',
  CLOSING: 'Both sides closed at the same time; an acknowledgement is awaited.',
  CLOSED: 'No connection.',
  UNCONN: 'Not connected.',
  LISTEN: 'Waits for connections. Recv-Q counts those not accepted yet, Send-Q how many may wait.',
};
