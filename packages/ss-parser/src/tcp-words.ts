import { decodeText } from '@tuplescope/scan';
import { DETAIL_FLAGS } from './detail-words.ts';
import { type Extensions, HALF, STRANGE } from './extensions.ts';
import { readTcpRate, readTcpWord, TCP_FLAGS, TCP_RATES, type TcpInfoDraft } from './tcp-info.ts';
import type { WordReader } from './word-reader.ts';

/** Reads a word of `ss -i`, or two that belong together, into the TCP info; false where it is none. */
export function readTcpWords(words: WordReader, found: Extensions): boolean {
  const { text } = words;
  const draft: TcpInfoDraft = found.tcp ?? {};
  if (TCP_FLAGS.has(text)) draft[text] = true;
  else if (TCP_RATES.has(text)) {
    if (!readRate(words, found, draft)) return true;
  } else if (!readTcpWord(text, draft) && !readCongestion(words, draft)) return false;
  found.tcp = draft;
  return true;
}

/** A rate is two words; where the second is missing or cut, both are kept as one. */
function readRate(words: WordReader, found: Extensions, draft: TcpInfoDraft): boolean {
  const { text, start } = words;
  if (!words.next()) {
    found.strangeness += HALF;
    found.extra.push(text);
    return false;
  }
  if (readTcpRate(text, words.text, draft)) return true;
  found.strangeness += STRANGE;
  found.strangeEnd = words.end;
  found.extra.push(decodeText(words.bytes, start, words.end));
  return false;
}

/** The algorithm is a bare word, so it is taken for one only beside a word of TCP. */
function readCongestion(words: WordReader, draft: TcpInfoDraft): boolean {
  const { text } = words;
  if (draft.congestion !== undefined || !/^[a-z][a-z0-9_-]{1,15}$/.test(text)) return false;
  if (DETAIL_FLAGS.has(text) || text.startsWith('tcp-ulp-')) return false;
  const following = words.peek();
  const scratch: TcpInfoDraft = {};
  if (!readTcpWord(following, scratch) && !TCP_RATES.has(following)) return false;
  draft.congestion = text;
  return true;
}
