import { addSerial, formatEndpoint } from '@tuplescope/net';
import type { TrackedPacket } from './course.ts';
import type { MetSocket, Owner, PacketKind } from './explanation.ts';
import { capital, duration, OWNER_NAMES } from './words.ts';

/** What a packet's sentence is made of. */
export interface Spoken {
  readonly tracked: TrackedPacket;
  readonly kind: PacketKind;
  readonly sender: Owner;
  readonly socket: MetSocket | null;
  /** Seconds since the packet that it sends again, or null. */
  readonly again: number | null;
  /** The SYN's number where it is a connect's, or null. */
  readonly isn: number | null;
}

/** Says in one plain sentence what a packet is and what came of it. */
export function sayPacket(spoken: Spoken): string {
  const { kind, tracked, sender } = spoken;
  const who = capital(OWNER_NAMES[sender]);
  const { len, ack } = tracked.packet;
  switch (kind) {
    case 'syn':
    case 'syn-again':
      return saySyn(spoken, who);
    case 'challenge-ack':
      return sayChallenge(spoken, who, ack);
    case 'rst-of-challenge':
      return sayRstOfChallenge(spoken, who);
    case 'data':
    case 'data-again': {
      const again = kind === 'data-again' ? ' again' : '';
      return `${who} sends ${len} ${len === 1 ? 'byte' : 'bytes'}${again}${fate(spoken)}.`;
    }
    case 'fin-again':
      return `${who} sends its FIN again${after(spoken)}${fate(spoken)}.`;
    case 'rst':
      if (sender === 'none')
        return 'The host answers with a RST: no socket of it has this connection.';
      return `${who} ${PLAIN[kind]}${fate(spoken)}.`;
    case 'old':
      return `${who} sends numbers ${whoseNumbers(tracked)}${fate(spoken)}.`;
    default:
      return `${who} ${PLAIN[kind]}${fate(spoken)}.`;
  }
}

const PLAIN: Readonly<Record<Exclude<PacketKind, SpokenKind>, string>> = {
  'syn-ack': 'accepts the connection',
  'syn-ack-again': 'sends its SYN/ACK again',
  'handshake-ack': 'completes the handshake: connected',
  refusal: 'refuses the connection',
  rst: 'resets the connection',
  ack: 'acknowledges what it got',
  'duplicate-ack': 'repeats its acknowledgement',
  keepalive: 'asks whether the other side is still there',
  'keepalive-ack': 'answers that it is still there',
  'window-probe': 'asks whether the closed window has opened',
  'half-close': 'is done sending: the connection is half-closed',
  fin: 'is done sending too',
  'fin-ack': 'acknowledges the FIN',
};

type SpokenKind =
  | 'syn'
  | 'syn-again'
  | 'challenge-ack'
  | 'rst-of-challenge'
  | 'data'
  | 'data-again'
  | 'fin-again'
  | 'old';

function whoseNumbers({ packet: { older } }: TrackedPacket): string {
  const isKnown = older !== null && older.conversation !== null;
  return isKnown ? 'of an older connection' : 'that are not of this connection';
}

function saySyn(spoken: Spoken, who: string): string {
  const { kind, tracked, socket } = spoken;
  const to = formatEndpoint({ address: tracked.tuple.dst, port: tracked.tuple.dport });
  const asks =
    kind === 'syn'
      ? `${who} asks for a connection to ${to}`
      : `${who} sends the SYN again${after(spoken)}`;
  if (isLost(tracked)) return `${asks}${fate(spoken)}.`;
  const owner = socket === null ? 'nobody' : OWNER_NAMES[socket.owner];
  const old = socket?.state == null ? 'an older socket' : `the ${socket.state} socket`;
  switch (socket?.does) {
    case 'syn-ack':
      return `${asks}, and ${owner} accepts it.`;
    case 'challenge-ack':
      return `${asks}, but it meets ${old} that ${owner} holds from an older connection.`;
    case 'suppressed':
      return `${asks}; ${old} of ${owner} answered less than 0.5 s ago and stays silent.`;
    case 'rst':
      return `${asks}, and ${owner} refuses it.`;
    default:
      return `${asks}; no answer was captured.`;
  }
}

function sayChallenge({ isn }: Spoken, who: string, ack: number | undefined): string {
  const wanted = isn === null ? '' : `, where the SYN asks for ${addSerial(isn, 1)}`;
  const told = ack === undefined ? '' : `: it acknowledges ${ack}${wanted}`;
  return `${who}'s older socket answers the SYN with a challenge ACK${told}.`;
}

function sayRstOfChallenge(spoken: Spoken, who: string): string {
  const { tracked, socket } = spoken;
  const refuses = `${who} refuses that acknowledgement with a RST`;
  if (isLost(tracked)) return `${refuses}${fate(spoken)}: the older socket never gets it.`;
  return socket?.does === 'reset'
    ? `${refuses}, which resets the older socket and clears the way.`
    : `${refuses}.`;
}

/** What is lost never reached whom it was meant for. */
function fate({ tracked, sender, kind }: Spoken): string {
  if (!isLost(tracked)) return '';
  const { dst, dport } = tracked.tuple;
  const what = nounOf(kind);
  if (sender === 'peer' || tracked.packet.direction === 'reply') {
    return `, but ${what} arrives untranslated`;
  }
  const past = sender === 'app' ? ', past the proxy' : '';
  return `, but ${what} leaves untranslated for ${formatEndpoint({ address: dst, port: dport })}${past}`;
}

/** What to call a packet whose sentence has named it already, or has not. */
function nounOf(kind: PacketKind): string {
  switch (kind) {
    case 'half-close':
    case 'fin':
      return 'its FIN';
    case 'rst':
    case 'refusal':
      return 'its RST';
    default:
      return 'it';
  }
}

/** Whether a packet of a translated connection went untranslated: as seen, else as predicted. */
export function isLost({ conversation, seenTranslated, verdict }: TrackedPacket): boolean {
  if (conversation.translated === null) return false;
  if (seenTranslated !== null) return !seenTranslated;
  return verdict.nat.kind === 'none' && verdict.ctstate === 'INVALID';
}

function after({ again }: Spoken): string {
  return again === null ? '' : `, ${duration(again)} after the one before`;
}
