import { asciiWord } from '@tuplescope/scan';
import { stateNumber } from './states.ts';

/** The states of common TCP entries, the most frequent first. */
const COMMON = [
  'ESTABLISHED',
  'TIME_WAIT',
  'CLOSE_WAIT',
  'FIN_WAIT',
  'SYN_SENT',
  'LAST_ACK',
  'CLOSE',
  'SYN_RECV',
].map((name) => {
  const text = `${name} `;
  const middleAt = Math.min(4, text.length - 4);
  return {
    // Three words that overlap cover each name and the blank after it.
    first: asciiWord(text.slice(0, 4)),
    middle: asciiWord(text.slice(middleAt, middleAt + 4)),
    middleAt,
    last: asciiWord(text.slice(-4)),
    length: text.length,
    state: stateNumber(name),
  };
});

/**
 * Reads one of the common TCP states and the blank after it: gives the state's number plus 256 times
 * the bytes read, or 0 where anything else stands.
 */
export function readCommonState(view: DataView, at: number): number {
  const first = view.getInt32(at, true);
  for (let i = 0; i < COMMON.length; i++) {
    const state = COMMON[i] as (typeof COMMON)[number];
    if (
      state.first === first &&
      view.getInt32(at + state.middleAt, true) === state.middle &&
      view.getInt32(at + state.length - 4, true) === state.last
    ) {
      return state.state + state.length * 256;
    }
  }
  return 0;
}
