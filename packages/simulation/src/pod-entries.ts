import type { Capture } from '@tuplescope/incident';
import type { EntryInput } from '@tuplescope/kernel-model';
import { formatTuple, isSameEndpoint, tupleKey } from '@tuplescope/net';
import { listedEntries, type PortEntry } from './port-records.ts';
import type { StalePort } from './stale-port.ts';

/** What a snapshot says of the entries of a client's port. */
export interface PodEntries {
  /** Whether the snapshot has a conntrack listing at all. */
  readonly isListed: boolean;
  readonly entries: readonly EntryInput[];
}

/** The states that a listing prints and the model can be led to. */
const STATES: readonly string[] = [
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
];

/**
 * Finds the entries of a client's port as they are when it connects: those that have timed out by then are
 * gone. One in SYN_SENT or CLOSE that answers as the old socket does is that of the connect itself, or of
 * one before it, and is left out: nothing tells its numbers, and it is gone in two minutes.
 *
 * @param secondsBefore from the snapshot to the connect.
 */
export function findEntries(
  captures: readonly Capture[],
  stale: StalePort,
  secondsBefore: number,
): PodEntries {
  const found = new Map<string, EntryInput>();
  for (const one of listedEntries(captures, stale.client)) {
    const { entry, original, reply } = one;
    const timeout = (entry.timeout ?? 0) - secondsBefore;
    const { state, unreplied } = entry;
    if (timeout <= 0 || state === null || !STATES.includes(state)) continue;
    if (/^(?:SYN_SENT|CLOSE)$/.test(state) && isReplyOf(one, stale)) continue;
    const key = tupleKey(original);
    // Another form of the same listing says the same; of one command given twice the later is newer.
    found.set(key, { state: state as EntryInput['state'], timeout, original, reply, unreplied });
  }
  const isListed = captures.some(({ content }) => content.kind === 'conntrack');
  return { isListed, entries: [...found.values()] };
}

/** Says whether an entry's answers are those of the old socket. */
export function isReplyOf(
  { reply }: Pick<PortEntry, 'reply'>,
  { client, local }: Pick<StalePort, 'client' | 'local'>,
): boolean {
  return (
    isSameEndpoint({ address: reply.src, port: reply.sport }, local) &&
    isSameEndpoint({ address: reply.dst, port: reply.dport }, client)
  );
}

/** Names an entry in a sentence. */
export function nameEntry({ state, original }: EntryInput): string {
  return `${state} ${formatTuple(original)}`;
}
