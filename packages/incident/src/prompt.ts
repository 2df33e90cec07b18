/** A shell prompt with the command typed after it. */
export interface PromptLine {
  /** The command as typed, comments after it dropped; empty where none was. */
  readonly command: string;
}

/**
 * Prompts as terminals print them: `user@host:dir$`, `[root@host ~]#`, `host:/dir #`, `sle:/ $`,
 * a lone `$` or `#`, and the marks of scripts: `+ ss -na` (set -x), `=== ss -na ===`, `--- … ---`.
 */
const PROMPTS: readonly RegExp[] = [
  /^\[?[\w.-]+@[\w.-]+[:\s][^$#>\]]{0,200}\]?\s?[$#>]\s+(\S.{0,2000})$/,
  /^[\w.-]{1,100}:[\w/~.-]{1,200}\s?[$#>]\s+(\S.{0,2000})$/,
  /^\$\s+(\S.{0,2000})$/,
  /^\+{1,4}\s+(\S.{0,2000})$/,
  /^(?:={3,20}|-{3,20}|#{2,20})\s+(\S.{0,500}?)\s*(?:={3,20}|-{3,20}|#{2,20})?$/,
];

/** `# ss -na` is a root prompt only where a command follows that captures something. */
const ROOT_PROMPT = /^#\s+(\S.{0,2000})$/;

/** A prompt at which nothing was typed, or whose command follows on the next lines. */
const BARE_PROMPT =
  /^(?:\[?[\w.-]+@[\w.-]+[:\s][^$#>\]]{0,200}\]?|[\w.-]{1,100}:[\w/~.-]{1,200})\s?[$#]$/;

/** `watch` prints what it runs: `Every 1.0s: ss -naoep     host: Sat Feb  4 16:46:40 2023`. */
const WATCH = /^Every [\d.]{1,12}s: (.{1,500}?)(?:\s{2,}\S.*)?$/;

/** Programs whose output says something about connections, by their base name. */
const CAPTURING = new Set([
  'ss',
  'conntrack',
  'nstat',
  'netstat',
  'dmesg',
  'journalctl',
  'tcpdump',
  'iptables-save',
  'iptables-nft-save',
  'iptables-legacy-save',
  'ip6tables-save',
  'iptables',
  'ip6tables',
  'nft',
  'sysctl',
  'uname',
  'cat',
  'date',
  'ip',
]);

/** What stands before the program: it changes who runs it, or where, not what it prints. */
const WRAPPERS =
  /^(?:sudo|nsenter|kubectl|oc|docker|crictl|podman|ip|timeout|watch|stdbuf|time|env)$/;

/**
 * Reads a line as a shell prompt with a command, or gives null where it is none. A `#` line is one
 * only when a program that captures something follows, because people comment with `#` too.
 *
 * @example
 * readPrompt('sle:/ # sudo ss -naoep | grep 44410') // { command: 'sudo ss -naoep | grep 44410' }
 * readPrompt('# SYN retrans') // null
 */
export function readPrompt(line: string): PromptLine | null {
  const text = line.trim();
  if (BARE_PROMPT.test(text)) return { command: '' };
  const watched = WATCH.exec(text);
  if (watched !== null) return { command: watched[1] as string };
  for (const prompt of PROMPTS) {
    const command = prompt.exec(text)?.[1];
    if (command !== undefined) {
      // A ruled heading is a prompt only where it names a command; `--- eth0 ---` is not one.
      const isRuled = prompt === PROMPTS[4];
      if (!isRuled || programOf(command) !== null) return { command: withoutComment(command) };
    }
  }
  const command = ROOT_PROMPT.exec(text)?.[1];
  return command !== undefined && programOf(command) !== null
    ? { command: withoutComment(command) }
    : null;
}

/**
 * Names the program of a command line whose output Tuplescope may know, or gives null: behind
 * `sudo`, `nsenter … --`, `kubectl exec … --` and their like, before any pipe.
 *
 * @example
 * programOf("sudo nsenter -t 42 -n ss -naoep | egrep '44410'") // 'ss'
 */
export function programOf(command: string): string | null {
  const words = (command.split('|')[0] as string).trim().split(/\s+/);
  const wrapped = WRAPPERS.test(words[0] ?? '');
  for (const word of words) {
    const base = word.slice(word.lastIndexOf('/') + 1);
    if (base === 'ip' && words.includes('netns')) continue;
    if (CAPTURING.has(base)) return base;
    if (!wrapped) return null;
  }
  return null;
}

function withoutComment(command: string): string {
  return command.replace(/\s+#.*$/, '').trim();
}
