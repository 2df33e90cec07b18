import { addSerial } from '@tuplescope/net';
import { rstFor, synOf } from './answer.ts';
import { createSocket } from './create-socket.ts';
import { initialSequence } from './initial-sequence.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import type { TcpSocket } from './tcp-socket.ts';

/**
 * LISTEN (RFC 9293 section 3.10.7.2): a SYN begins a connection, an ACK gets a RST, nothing else
 * counts.
 */
export function receiveListen(
  host: SocketHost,
  listener: TcpSocket,
  segment: SocketSegment,
): Reaction {
  const { flags } = segment;
  if (flags.includes('R')) {
    return react(host, listener, { does: 'ignores', why: 'A listener has nothing to reset.' });
  }
  if (flags.includes('A')) {
    return react(host, listener, {
      does: 'rst',
      why: 'A listener has sent nothing that could be acknowledged.',
      sends: [rstFor(segment)],
      counters: ['TcpOutRsts'],
    });
  }
  if (!flags.includes('S') || flags.includes('F')) {
    return react(host, listener, { does: 'ignores', why: 'Only a SYN begins a connection.' });
  }
  const child = answerSyn(host, listener, segment);
  return react(host, listener, {
    does: 'syn-ack',
    why: 'A listener answers a SYN with a SYN/ACK.',
    sends: [synOf(child, host.at)],
    child,
  });
}

/** Makes the connection in SYN-RECV that a listener's SYN/ACK stands for. */
export function answerSyn(
  { at }: SocketHost,
  listener: TcpSocket,
  { src, sport, dst, dport, seq, win, options }: SocketSegment,
  isn?: number,
): TcpSocket {
  const local = { address: dst, port: dport };
  const peer = { address: src, port: sport };
  // A listener that is given a number sends that one: a test compares with a recording.
  const chosen =
    isn ??
    (listener.sndNxt !== 0 ? listener.sndNxt : initialSequence({ src, sport, dst, dport }, at));
  const stamp = options?.ts;
  return createSocket({
    state: 'SYN-RECV',
    local,
    peer,
    sndUna: chosen,
    sndNxt: addSerial(chosen, 1),
    rcvNxt: addSerial(seq, 1),
    rcvIsn: seq,
    // Before the first data a listener on loopback offers its MSS less the timestamp option.
    rcvWindow: 65_483,
    rcvScale: options?.wscale === undefined ? 0 : listener.rcvScale,
    maxWindow: win,
    mss: listener.mss,
    sackOK: options?.sackOK === true,
    timestamps:
      stamp === undefined
        ? null
        : { offset: listener.timestamps?.offset ?? 0, recent: stamp[0], recentAt: at },
  });
}
