import { decodeText, startsWithAt } from '@tuplescope/scan';
import { classifyReason } from './classify-reason.ts';

/** Who speaks in the kernel's own messages. Old kernels say `nf_conntrack: ` twice. */
const SPEAKERS = ['nf_conntrack: ', 'TCP: ', 'net_ratelimit: ', 'neighbour: ', 'ip_conntrack: '];
/** How the messages begin that older kernels print without a speaker. */
const BARE = ['possible SYN', 'Possible SYN', 'request_sock'];
const LONGEST = 200;

/**
 * Gives the offset where the text of a message of conntrack or TCP begins, behind the name of who
 * speaks (`nf_conntrack: `), or -1 where the message is none that `classifyReason` knows.
 */
export function kernelMessageStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let again = true; again; ) {
    again = false;
    for (const speaker of SPEAKERS) {
      if (!startsWithAt(bytes, at, end, speaker)) continue;
      at += speaker.length;
      again = at - start < LONGEST;
    }
  }
  if (at === start && !BARE.some((text) => startsWithAt(bytes, at, end, text))) return -1;
  if (end - at > LONGEST) return -1;
  return classifyReason(decodeText(bytes, at, end)) === null ? -1 : at;
}
