import { describe, expect, it } from 'vitest';
import { type IncidentPacket, readIncidentRecordings } from '../testing/incident-recordings.ts';
import { hostOf } from '../testing/socket-host.ts';
import { closeSocket } from './close-socket.ts';
import { createSocket } from './create-socket.ts';
import type { SocketSegment } from './reaction.ts';
import { receiveSegment } from './receive.ts';
import type { TcpSocket } from './tcp-socket.ts';

const recordings = readIncidentRecordings();

/** Of a packet what a socket decides; a capture on lo shows replies translated back. */
function decided({ flags, seq, ack, win, options }: SocketSegment | IncidentPacket): unknown {
  const { ts, ...rest } = options ?? {};
  return { flags, seq, ack, win, options: rest, echo: ts?.[1] };
}

describe.each(recordings.map((one) => [`${one.kernel}, ${one.name}`, one] as const))(
  "the proxy's socket of %s",
  (_, { kernel, history, socket: wanted }) => {
    it('answers the old connection as recorded, and is left where the reconnect meets it', () => {
      const listener = createSocket({
        state: 'LISTEN',
        local: { address: '127.0.0.1', port: 15001 },
        rcvScale: wanted.rcvScale,
        timestamps: wanted.timestamps,
        sndNxt: history.find(({ flags }) => flags === 'SA')?.seq ?? 0,
      });
      let socket: TcpSocket | null = listener;
      const sent: SocketSegment[] = [];
      for (const packet of history) {
        const host = hostOf(kernel, packet.at);
        if (packet.src === '172.29.73.7') {
          const reaction = receiveSegment(host, socket, packet);
          sent.push(...reaction.sends);
          socket = reaction.child ?? reaction.socket;
        } else if (packet.flags.includes('F') && socket !== null) {
          const closed = closeSocket(host, socket);
          sent.push(...closed.sends);
          socket = closed.socket;
        }
        // Before its first data a listener offers its MSS, afterwards all that it has room for.
        if (socket?.state === 'ESTABLISHED') socket = { ...socket, rcvWindow: wanted.rcvWindow };
      }
      const recorded = history.filter(({ src }) => src !== '172.29.73.7');
      expect(sent.map(decided)).toEqual(recorded.map(decided));
      const { sndNxt, rcvNxt, rcvScale, rcvWindow, timestamps } = wanted;
      expect(socket).toMatchObject({
        state: 'FIN-WAIT-2',
        sndUna: sndNxt,
        sndNxt,
        rcvNxt,
        rcvScale,
        rcvWindow,
        timestamps,
      });
    });
  },
);
