import { BLANK, isBlank, skipBlanks, startsWithAt, trimEnd } from './bytes.ts';
import { isDigit } from './read-number.ts';
import { decodeText } from './text.ts';

/**
 * What a line is that people and terminals leave around a tool's output:
 * - `command`: what was typed, behind a shell's prompt or behind `sudo`, `kubectl` and their like; a
 *   prompt with nothing typed too;
 * - `comment`: a line that begins with `#`, also where root typed a command there;
 * - `watch-header`: the first line of `watch`;
 * - `ruler`: dots, dashes, arrows, a code fence, a heading such as `=== node 1 ===`;
 * - `interrupt`: the `^C` that a terminal shows;
 * - `message`: what the shell, `sudo` or `kubectl` says of itself.
 */
export type PastedLine = 'command' | 'comment' | 'interrupt' | 'message' | 'ruler' | 'watch-header';

/** Command lines that need no prompt to be known: what stands before the tool's name. */
const RUNNERS = [
  ...['sudo ', 'kubectl ', 'oc ', 'nsenter ', 'docker exec ', 'crictl exec ', 'podman exec '],
  ...['ip netns exec ', 'watch ', 'cat /proc/'],
];

/** kubectl exec and debug, then the shells: each on standard error. */
const MESSAGES = [
  ...['Defaulted container "', 'Defaulting debug container name to ', 'Unable to use a TTY'],
  ...["If you don't see a command prompt", 'command terminated with exit code '],
  ...['bash: ', '-bash: ', 'sh: ', '/bin/sh: ', 'sudo: '],
];

/**
 * Says what a line that is no record is, or null where a person or terminal would not leave it: then
 * it is the tool's own, or damaged. The tools' own messages are their parsers' business.
 *
 * @example
 * const line = toBytes('root@pod:/# ss -tan');
 * classifyPastedLine(line, 0, line.length) // 'command'
 */
export function classifyPastedLine(
  bytes: Uint8Array,
  start: number,
  end: number,
): PastedLine | null {
  const at = skipBlanks(bytes, start, end);
  const stop = trimEnd(bytes, at, end);
  if (at === stop) return null;
  const standsHere = (text: string): boolean => startsWithAt(bytes, at, stop, text);
  if (bytes[at] === HASH) return 'comment';
  if (stop === at + 2 && standsHere('^C')) return 'interrupt';
  if (standsHere('Every ') && isWatchHeader(bytes, at + 6, stop)) return 'watch-header';
  if (isRuler(bytes, at, stop)) return 'ruler';
  if (MESSAGES.some(standsHere)) return 'message';
  if (promptEnd(bytes, at, stop) >= 0 || RUNNERS.some(standsHere)) return 'command';
  return null;
}

/**
 * Gives the command of a line that a shell's prompt begins, or null where there is none: `$ ss`,
 * `# ss`, `root@node:~# ss`, `[root@node ~]# ss`, `fortio-0:/ $ ss`, `host% ss`.
 *
 * @example
 * commandAtPrompt(toBytes('root@pod:/# iptables -t nat -S'), 0, 30) // 'iptables -t nat -S'
 */
export function commandAtPrompt(bytes: Uint8Array, start: number, end: number): string | null {
  const stop = trimEnd(bytes, start, end);
  const prompt = promptEnd(bytes, skipBlanks(bytes, start, stop), stop);
  if (prompt < 0) return null;
  const command = skipBlanks(bytes, prompt, stop);
  return command < stop ? decodeText(bytes, command, stop) : null;
}

const HASH = 0x23;
const DOLLAR = 0x24;
const PERCENT = 0x25;
const MINUS = 0x2d;
const GREATER = 0x3e;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** What stands further on in a line is no prompt's sign. */
const MAX_PROMPT_BYTES = 160;
/** `me@host dir %` has two; more words are a sentence. Blanks in brackets do not count. */
const MAX_PROMPT_BLANKS = 2;

/** What a prompt is made of beside letters and digits: `(venv) root@node:~/x+b`. */
const PROMPT_MARKS: ReadonlySet<number> = bytesOf('_.@~:/()+-[]');

/** Gives the offset after a prompt's sign, or -1 where no prompt stands here. */
function promptEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + MAX_PROMPT_BYTES);
  let blanks = 0;
  let depth = 0;
  let hasName = false;
  for (let at = start; at < limit; at++) {
    const byte = bytes[at] as number;
    if (byte === HASH || byte === DOLLAR) return isWordEnd(bytes, at + 1, end) ? at + 1 : -1;
    if (byte === PERCENT || byte === GREATER) {
      // `<->` is no prompt, nor `50% lost`, nor `localhost.80 > localhost.4000` of tcpdump.
      const isSign = (hasName || at === start) && (byte === PERCENT || blanks === 0);
      return isSign && bytes[at - 1] !== MINUS && isTyped(bytes, at + 1, end) ? at + 1 : -1;
    }
    if (byte === BLANK) {
      if (depth === 0 && ++blanks > MAX_PROMPT_BLANKS) return -1;
      continue;
    }
    if (byte === OPEN) depth++;
    else if (byte === CLOSE) depth--;
    if (isLetter(byte)) hasName = true;
    else if (!isDigit(byte) && !PROMPT_MARKS.has(byte)) return -1;
  }
  return -1;
}

function isWordEnd(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || isBlank(bytes[at]);
}

/** After `%` and `>` a command has to follow, which begins in lower case or is a path. */
function isTyped(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[skipBlanks(bytes, at, end)] as number;
  const begins = (first >= 0x61 && first <= 0x7a) || first === 0x2e || first === 0x2f;
  return at < end && isBlank(bytes[at]) && begins;
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** `1.0s: `, and `1,0s: ` where the locale writes a comma. */
function isWatchHeader(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (isDigit(bytes[at]) || bytes[at] === 0x2e || bytes[at] === 0x2c)) at++;
  return at > start && startsWithAt(bytes, at, end, 's: ');
}

/** A heading or a fence, whatever follows. */
const RULES = ['===', '---', '***', '~~~', '```'];

const RULER_MARKS: ReadonlySet<number> = bytesOf('.-=_~*+^|`[]');

/** A rule, or two marks or more and nothing else; U+2000 to U+2FFF are dots, arrows and lines too. */
function isRuler(bytes: Uint8Array, start: number, end: number): boolean {
  if (RULES.some((rule) => startsWithAt(bytes, start, end, rule))) return true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0xe2) at += 2;
    else if (byte !== BLANK && !RULER_MARKS.has(byte)) return false;
  }
  return end - start > 1;
}

function bytesOf(ascii: string): ReadonlySet<number> {
  return new Set(Array.from(ascii, (character) => character.charCodeAt(0)));
}
