import { BLANK, skipBlanks, startsWithAt, TAB } from '@tuplescope/scan';

/**
 * Says whether a line begins a record: a stream is cut only before such a line. One that goes on with
 * what the one before began is indented deeper than a rule in nft's text (two tabs): elements of a set
 * stand under its opening brace.
 */
export function startsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === TAB) at++;
  if (at - start > 2) return false;
  if (bytes[at] !== BLANK) return true;
  const word = skipBlanks(bytes, at, end);
  return (
    startsWithAt(bytes, word, end, 'chain ') ||
    startsWithAt(bytes, word, end, 'table ') ||
    (bytes[word] as number) <= 0x39
  );
}
