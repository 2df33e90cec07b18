import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Endpoint } from '@tuplescope/net';
import type { PlacedSocket } from '../placed-socket.ts';

/** What shows that a RST did not come from the socket of the connection that it names. */
export type StrayBasis =
  /** The same end goes on with the connection's own numbers after it. */
  | 'goes-on'
  /** A snapshot taken after it lists the connection's socket, open. */
  | 'socket'
  /** The segment and the RST carry other addresses than all else of the connection. */
  | 'addresses'
  /** Only that the connection was well and is translated. */
  | 'translated';

/** A RST that answered a segment of a connection that was well, sent by a socket that does not know it. */
export interface StrayReset {
  readonly conversation: Conversation;
  /** The server as the client knows it. */
  readonly server: Endpoint;
  /** The server under its other name: a proxy's port, or a backend's address. */
  readonly otherServer: Endpoint;
  /** The segment that was not translated. */
  readonly odd: ConversationPacket;
  readonly reset: ConversationPacket;
  readonly basis: StrayBasis;
  /** The connection's own socket, where a snapshot lists it. */
  readonly socket: PlacedSocket | null;
  /** The RST carries the very number that its receiver expects, so it ended the receiver's socket. */
  readonly isExact: boolean;
  /** Why the segment is out of place, as far as the numbers tell. */
  readonly why: 'ack-unsent' | 'seq-ahead' | 'seq-behind' | 'unknown';
}
