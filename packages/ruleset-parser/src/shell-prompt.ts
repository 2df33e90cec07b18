import { decodeText } from '@tuplescope/scan';

/** Longer lines are no prompt that a person typed at. */
const MAX_PROMPT_BYTES = 400;

/** `$ `, `# `, `root@node:~# `, `[root@node ~]# `, `/ $ `, `fortio-0:/ $ `, then the command. */
const PROMPT = /^(?:\[[^\]]{1,100}\]|[\w.@~:/()+-]{0,160} ?[\w~/.-]{0,60}) ?[#$%>] +(\S.*)$/;

/**
 * Gives the command of a line that a shell's prompt begins, or null where it is none.
 *
 * @example
 * commandAtPrompt(toBytes('root@pod:/# iptables -t nat -S'), 0, 30) // 'iptables -t nat -S'
 */
export function commandAtPrompt(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start > MAX_PROMPT_BYTES) return null;
  return PROMPT.exec(decodeText(bytes, start, end))?.[1] ?? null;
}
