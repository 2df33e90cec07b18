import { type Complaint, type Extensions, HALF, STRANGE } from './extensions.ts';
import { withoutNotes } from './notes.ts';
import { readTimer, TimerDraft } from './timer.ts';
import { CUT, MALFORMED, readUsers, type SsProcess } from './users.ts';
import type { WordReader } from './word-reader.ts';

/** Reads `users:(("envoy",pid=96,fd=4))`, whose names may hold anything. */
export function readUsersWord(words: WordReader, found: Extensions): void {
  const begin = words.start + 'users:('.length;
  const process: SsProcess[] = [];
  const next = words.text.startsWith('users:(')
    ? readUsers(words.bytes, begin, words.to, process)
    : MALFORMED;
  if (next >= 0 && words.isWordEnd(next)) {
    found.process.push(...process);
    words.goTo(next);
    return;
  }
  const isCut = next === CUT || words.end >= words.to;
  words.takeTo(next === CUT ? words.to : words.end);
  complain(words, found, 'processes: users:(("name",pid=1,fd=2))', isCut && next === CUT);
}

/** Reads `timer:(on,1.684ms,2)`, a person's notes in it too. */
export function readTimerWord(words: WordReader, found: Extensions, inside: string | null): void {
  const draft = new TimerDraft();
  const begin = words.start + 'timer:('.length;
  const { bytes, end } = words;
  if (inside !== null && readTimer(bytes, begin, end, draft) === end) {
    found.timer = draft;
    found.timerText = inside.split(',')[1] ?? '';
    return;
  }
  const plain = inside === null ? null : withoutNotes(inside);
  if (plain !== null && plain !== inside) {
    const text = new Uint8Array(plain.length + 1);
    for (let i = 0; i < plain.length; i++) text[i] = Math.min(plain.charCodeAt(i), 0xff);
    text[plain.length] = 0x29;
    if (readTimer(text, 0, text.length, draft) === text.length) {
      found.timer = draft;
      found.timerText = plain.split(',')[1] ?? '';
      found.complaints.push(note(words, 'a timer without notes'));
      return;
    }
  }
  complain(words, found, 'a timer: timer:(on,204ms,0)');
}

/** Reads a number of 32 bits, perhaps with a note behind it, and puts it where it belongs. */
export function readNumberWord(
  words: WordReader,
  found: Extensions,
  value: string,
  put: (value: number) => unknown,
): void {
  const plain = value.endsWith(')') ? withoutNotes(value) : value;
  if (plain === null || !/^\d{1,10}$/.test(plain) || Number(plain) > 0xffffffff) {
    complain(words, found, 'a number of 32 bits');
    return;
  }
  put(Number(plain));
  if (plain !== value) found.complaints.push(note(words, 'a number without a note'));
}

/** Reads the cookie behind `sk:`. */
export function readCookieWord(words: WordReader, found: Extensions, value: string): void {
  const plain = value.endsWith(')') ? withoutNotes(value) : value;
  if (plain === null || !/^[0-9a-f]{1,16}$/.test(plain)) {
    complain(words, found, 'a cookie of up to 16 hexadecimal digits');
    return;
  }
  found.cookie = plain;
  if (plain !== value) found.complaints.push(note(words, 'a cookie without a note'));
}

function note({ start, end }: WordReader, expected: string): Complaint {
  return { start, end, expected, kind: 'note' };
}

/** A word that is known and wrong: it is kept among the extra words, and said. */
export function complain(
  words: WordReader,
  found: Extensions,
  expected: string,
  isCut = false,
): void {
  const { start, end, text, to } = words;
  found.extra.push(text);
  const isOpen = text.includes('(') && !text.endsWith(')') && end >= to;
  const kind = isCut || isOpen ? 'cut' : 'malformed';
  found.strangeness += kind === 'cut' ? HALF : STRANGE;
  found.strangeEnd = kind === 'cut' ? -1 : end;
  found.complaints.push({ start, end, expected, kind });
}
