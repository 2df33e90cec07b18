import type { CapturedSegment } from '@tuplescope/conversation';
import { type Ctstate, commitFor, type NatKind } from '@tuplescope/kernel-model';
import type {
  EntryState,
  Explanation,
  MetSocket,
  Owner,
  PacketKind,
  PacketReference,
} from '@tuplescope/packet-explainer';

/** One packet, explained: the contract of `explain --format ndjson`. */
export interface ExplanationRecord {
  /** Number of the packet in its file, from 1. */
  readonly n: number;
  readonly file: string;
  /** Seconds since the epoch, or null where the capture has no date. */
  readonly at: number | null;
  /** Number of its conversation, from 1. */
  readonly conversation: number;
  /** The segment as `parse` gives it. */
  readonly segment: CapturedSegment;
  readonly kind: PacketKind;
  readonly sender: Owner;
  readonly ctstate: Ctstate;
  readonly before: EntryState | null;
  readonly entry: EntryState | null;
  readonly nat: NatKind;
  readonly socket: MetSocket | null;
  readonly says: string;
  readonly details: readonly string[];
  readonly why: {
    readonly rule: string;
    readonly values: Readonly<Record<string, number>>;
    /** Hashes of commits that this kernel has and that decided; the name of one whose hash is not known. */
    readonly commits: readonly string[];
    readonly log: string | null;
  };
  readonly answers: PacketReference | null;
  /** The other captures and points that have the same packet. */
  readonly alsoIn: readonly PacketReference[];
  readonly assumption: string | null;
  /** False where this profile would not have done what the capture shows. */
  readonly expected: boolean;
  readonly contradiction: string | null;
}

/**
 * Makes the record of an explanation.
 *
 * @example
 * explanationRecord(explanation).why.commits // ['c7aab4f17021']
 */
export function explanationRecord(explanation: Explanation): ExplanationRecord {
  const { at, packet, segment, kind, sender, ctstate, nat, socket, says, details } = explanation;
  const { answers, assumption, contradiction, why } = explanation;
  return {
    ...at,
    at: dateOf(packet.at),
    conversation: packet.conversation + 1,
    segment,
    kind,
    sender,
    ctstate,
    before: stateOf(explanation.before),
    entry: stateOf(explanation.entry),
    nat,
    socket,
    says,
    details,
    why: {
      rule: why.rule,
      values: why.values,
      commits: why.commits.map((name) => commitFor(name)?.hash ?? name),
      log: why.log,
    },
    answers,
    alsoIn: packet.sightings
      .map(({ capture, n }) => ({ file: capture, n }))
      .filter(({ file, n }) => file !== at.file || n !== at.n),
    assumption,
    expected: contradiction === null,
    contradiction,
  };
}

/** A text without dates counts from midnight: so small a number is a time of day, and no date. */
const LAST_TIME_OF_DAY = 365 * 86_400;

function dateOf(at: number | null): number | null {
  return at === null || at < LAST_TIME_OF_DAY ? null : at;
}

/** What of an entry the contract names. */
function stateOf(entry: EntryState | null): EntryState | null {
  if (entry === null) return null;
  const { state, timeout, assured, unreplied } = entry;
  return { state, timeout, assured, unreplied };
}
