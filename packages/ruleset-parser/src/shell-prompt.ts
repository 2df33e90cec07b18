import { BLANK, decodeText, indexOfByte, skipBlanks } from '@tuplescope/scan';

/** A prompt is shorter than this; what stands further on in a line is no prompt's sign. */
const MAX_PROMPT_BYTES = 160;

/** What ends a prompt: `#`, `$`, `%`, `>`. */
const SIGNS = new Set([0x23, 0x24, 0x25, 0x3e]);

/** What a prompt is made of beside letters and digits: `root@node:~/x(a)+b`. */
const MARKS = new Set(Array.from('_.@~:/()+-', (mark) => mark.charCodeAt(0)));

/**
 * Gives the command of a line that a shell's prompt begins, or null where it is none: `$ ss`, `# ss`,
 * `root@node:~# ss`, `[root@node ~]# ss`, `fortio-0:/ $ ss`.
 *
 * @example
 * commandAtPrompt(toBytes('root@pod:/# iptables -t nat -S'), 0, 30) // 'iptables -t nat -S'
 */
export function commandAtPrompt(bytes: Uint8Array, start: number, end: number): string | null {
  const limit = Math.min(end, start + MAX_PROMPT_BYTES);
  let at = start;
  if (bytes[at] === 0x5b /* [ */) at = indexOfByte(bytes, 0x5d /* ] */, at, limit) + 1;
  if (at < start + (bytes[start] === 0x5b ? 1 : 0)) return null;
  for (let blanks = 0; at < limit && !SIGNS.has(bytes[at] as number); at++) {
    if (bytes[at] === BLANK ? ++blanks > 2 : !isPromptByte(bytes[at] as number)) return null;
  }
  const isPrompt = at < limit && bytes[at + 1] === BLANK;
  const command = skipBlanks(bytes, at + 1, end);
  return isPrompt && command < end ? decodeText(bytes, command, end) : null;
}

function isPromptByte(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || MARKS.has(byte);
}
