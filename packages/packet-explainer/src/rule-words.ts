import type { Reason, Rule } from '@tuplescope/kernel-model';

/** What a rule of conntrack found, in a sentence; `values` are those that it compared. */
type Words = (values: Reason['values']) => string;

const WORDS: Readonly<Record<Rule, Words>> = {
  untracked: () => 'A rule keeps the packet from being tracked.',
  'short-packet': () => 'The packet is too short for a TCP header.',
  'truncated-packet': () => 'The packet is shorter than its header says.',
  'bad-checksum': () => 'The checksum is wrong.',
  'invalid-flags': () => 'No packet may have these flags together.',
  'cannot-begin': () => 'There is no entry for it, and such a packet cannot begin one.',
  'not-loose': () => 'There is no entry for it, and nf_conntrack_tcp_loose is 0.',
  'new-connection': () => 'It begins a new entry.',
  'picked-up': () => 'There is no entry for it, so it is picked up as the first of a new one.',
  reopened: () => 'The old entry is closed and gives way to a new one.',
  'no-transition': () => 'The entry’s state has no place for such a packet.',
  ignored: () => 'The entry’s state does not expect it: it passes, and the entry stays as it is.',
  'challenge-ack-ignored': () => 'It acknowledges a SYN that was only challenged: the entry stays.',
  'answers-ignored-syn': ({ ack }) =>
    `It acknowledges ${ack}, the end of a SYN that was ignored: the entry starts over.`,
  'simultaneous-open': () => 'Both sides sent a SYN.',
  'rst-while-closing': () => 'The connection is closing, where a RST is taken without a test.',
  'rst-below-maxack': ({ seq, maxack }) =>
    `The RST’s number ${seq} lies below ${maxack}, which the other side has acknowledged.`,
  'rst-inexact': ({ seq, maxack }) =>
    `The RST’s number ${seq} is not ${maxack}: it passes, and the entry is not closed.`,
  'rst-answers-ignored': ({ ack }) => `The RST acknowledges ${ack}, the packet that was ignored.`,
  'rst-answers-challenge-ack': ({ seq }) =>
    `The RST’s number ${seq} is what the ignored challenge ACK acknowledged.`,
  'rst-unreplied': () => 'A RST before any answer takes the entry along.',
  'in-window': () => 'Its numbers lie in the windows of both sides.',
  'be-liberal': () =>
    'A number lies outside of a window, but nf_conntrack_tcp_be_liberal lets it pass.',
  'seq-over-upper-bound': ({ seq, upperBound }) =>
    `Its number ${seq} is not before ${upperBound}, where the window of the receiver ends.`,
  'ack-over-upper-bound': ({ ack, upperBound }) =>
    `It acknowledges ${ack}, not before ${upperBound}: that was not seen to be sent.`,
  'seq-under-lower-bound': ({ end, lowerBound }) =>
    `It ends at ${end}, not after ${lowerBound}: all of it was acknowledged long ago.`,
  'ack-under-lower-bound': ({ ack, lowerBound }) =>
    `It acknowledges ${ack}, not after ${lowerBound}: that is older than a window.`,
  overshoot: ({ overshoot }) => `It exceeds the window by ${overshoot} bytes.`,
  'syn-not-renewed': () => 'The same SYN without an answer: the timeout goes on.',
  'insert-failed': () => 'No tuple was free for its answers: the kernel drops it.',
};

/** Says why conntrack judged a packet as it did. */
export function ruleWords({ rule, values }: Reason): string {
  return WORDS[rule](values);
}
