import { type Entry, explainAffected, isAffected, type Profile } from '@tuplescope/kernel-model';
import { formatEndpoint, formatTuple } from '@tuplescope/net';
import type { TrackedPacket } from './course.ts';
import type { MetSocket, PacketKind, PacketReference } from './explanation.ts';
import { ruleWords } from './rule-words.ts';
import { deedOf } from './words.ts';

/** What the details of a packet are made of. */
export interface Detailed {
  readonly tracked: TrackedPacket;
  readonly kind: PacketKind;
  /** The kernel that explains. */
  readonly profile: Profile;
  readonly socket: MetSocket | null;
  readonly answers: PacketReference | null;
  /** Where the older connection begins whose numbers it carries; null where nothing shows one. */
  readonly older: PacketReference | null;
}

/** Says the rest of a packet: conntrack, NAT, the socket, what it answers, what was assumed. */
export function packetDetails(detailed: Detailed): string[] {
  const { tracked, kind, socket, answers, older, profile } = detailed;
  const { assumption, contradiction, ctstate } = tracked;
  const isCase = kind === 'rst-of-challenge' && ctstate === 'INVALID' && isAffected(profile);
  const told = [
    contradiction,
    conntrackWords(tracked),
    isCase ? explainAffected(profile) : null,
    natWords(tracked),
    socket === null ? null : deedOf(socket),
    answers === null ? null : `It answers packet ${answers.n} of ${answers.file}.`,
    older === null
      ? null
      : `Its numbers are of the connection that begins with packet ${older.n} of ${older.file}.`,
    kind === 'challenge-ack' ? 'Many tools call this a duplicate ACK (RFC 5961 section 4).' : null,
    assumption,
  ];
  return told.filter((sentence) => sentence !== null);
}

function conntrackWords({ verdict, ctstate }: TrackedPacket): string {
  const { before, after } = verdict;
  const why = ruleWords(verdict.reason);
  return `conntrack: ${ctstate}, entry ${entryWords(before)} → ${entryWords(after)}. ${why}`;
}

function entryWords(entry: Entry | null): string {
  if (entry === null) return 'none';
  const marks = `${entry.unreplied ? ' [UNREPLIED]' : ''}${entry.assured ? ' [ASSURED]' : ''}`;
  return `${entry.state} ${entry.timeout} s${marks}`;
}

function natWords({ verdict, conversation, packet, tuple }: TrackedPacket): string | null {
  const { translated } = conversation;
  if (translated === null) return null;
  const behind = formatEndpoint(translated.server);
  if (verdict.nat.tuple === null) return `NAT leaves it as it is: ${formatTuple(tuple)}.`;
  return packet.direction === 'original'
    ? `NAT sends it to ${behind} instead of ${formatEndpoint(conversation.server)}.`
    : `NAT gives it the address of ${formatEndpoint(conversation.server)} back.`;
}
