import { type Chain, hookOfBuiltIn } from './chain.ts';
import { readCounters } from './counters.ts';
import { splitWords } from './iptables-words.ts';
import { member, parseJson, textMember } from './json.ts';
import { type Form, LIST, NFT, SAVE } from './ruleset-rows.ts';

type ChainBody = Pick<Chain, 'counters' | 'hook' | 'policy' | 'priority' | 'type'>;

const PLAIN: ChainBody = { policy: null, hook: null, type: null, priority: null, counters: null };

/**
 * Reads what a chain's line says.
 *
 * @param hookLine the line `type … hook …` of nft's text, or an empty string.
 * @example
 * readChain(SAVE, 'OUTPUT', ':OUTPUT ACCEPT [1:60]', '').policy // 'ACCEPT'
 */
export function readChain(form: Form, name: string, line: string, hookLine: string): ChainBody {
  if (form === SAVE) return readSavedChain(name, line);
  if (form === LIST) return readListedChain(name, line);
  return form === NFT ? readNftChain(hookLine) : readJsonChain(line);
}

/** `:OUTPUT ACCEPT [1:60]`, `-P OUTPUT ACCEPT -c 1 60`, `-N ISTIO_OUTPUT`, or a command line so. */
function readSavedChain(name: string, line: string): ChainBody {
  const words = splitWords(line).map(({ text }) => text);
  const policyAt = words[0]?.startsWith(':') ? 1 : words.indexOf('-P') + 2;
  const policy = policyAt >= 1 && policyAt !== words.length ? words[policyAt] : undefined;
  const hook = hookOfBuiltIn(name);
  const isPlain = policy === undefined || policy === '-' || words.includes('-N');
  const counts = words
    .find((word) => word.startsWith('['))
    ?.slice(1, -1)
    .split(':');
  const after = words.indexOf('-c');
  const [packets = '', bytes = ''] = counts ?? (after < 0 ? [] : words.slice(after + 1, after + 3));
  const counters = packets === '' ? null : readCounters(packets, bytes);
  return { ...PLAIN, policy: isPlain ? null : policy, hook, counters };
}

/** `Chain OUTPUT (policy ACCEPT 1 packets, 60 bytes)` or `Chain ISTIO_OUTPUT (1 references)`. */
function readListedChain(name: string, line: string): ChainBody {
  const words = line.split(/[\s(),]+/);
  const at = words.indexOf('policy');
  const hook = hookOfBuiltIn(name);
  if (at < 0) return { ...PLAIN, hook };
  const counters = readCounters(words[at + 2] ?? '', words[at + 4] ?? '');
  return { ...PLAIN, policy: words[at + 1] ?? null, hook, counters };
}

/** `type nat hook prerouting priority dstnat + 10; policy accept;` */
function readNftChain(line: string): ChainBody {
  const body = { ...PLAIN };
  for (const part of line.split(';')) {
    const words = splitWords(part).map(({ text }) => text);
    const hookAt = words.indexOf('hook');
    const priorityAt = words.indexOf('priority');
    if (words[0] === 'policy') body.policy = words[1]?.toUpperCase() ?? null;
    if (words[0] === 'type') body.type = words[1] ?? null;
    if (hookAt >= 0) body.hook = words[hookAt + 1] ?? null;
    if (priorityAt >= 0) body.priority = words.slice(priorityAt + 1).join(' ');
  }
  return body;
}

/** `{"chain": {"family": "ip", "table": "nat", "name": "OUTPUT", "hook": "output", "prio": -100, …}}` */
function readJsonChain(text: string): ChainBody {
  const chain = member(parseJson(text), 'chain');
  return {
    policy: textMember(chain, 'policy')?.toUpperCase() ?? null,
    hook: textMember(chain, 'hook'),
    type: textMember(chain, 'type'),
    priority: textMember(chain, 'prio'),
    counters: null,
  };
}
