import { IptablesDraft } from './iptables-draft.ts';
import { splitWords, type Word } from './iptables-words.ts';
import type { RuleBody } from './rule-body.ts';

/**
 * Reads what a rule of iptables says, from `-A CHAIN …` with or without `[packets:bytes]` before it,
 * or from a whole command line that ends so.
 *
 * @example
 * readIptablesRule('-A OUTPUT ! -d 127.0.0.1/32 -p tcp -j REDIRECT --to-ports 15001').match
 * // { '!dst': '127.0.0.1', protocol: 'tcp' }
 */
export function readIptablesRule(text: string): RuleBody {
  const words = splitWords(text);
  const draft = new IptablesDraft();
  const first = (words[0] as Word | undefined)?.text ?? '';
  if (first.startsWith('[')) draft.setCounters(first.slice(1, -1).split(':'));
  let negated = false;
  for (let at = ruleStart(words); at < words.length; ) {
    const option = (words[at++] as Word).text;
    if (option === '!') {
      negated = true;
      continue;
    }
    // `--dport ! 80`: before 1.4 the mark stood after the option.
    if (words[at]?.text === '!' && !words[at]?.quoted) {
      negated = true;
      at++;
    }
    let values = '';
    for (; at < words.length && isValue(words[at] as Word); at++) {
      values += values === '' ? (words[at] as Word).text : ` ${(words[at] as Word).text}`;
    }
    draft.addOption(option, values, negated);
    negated = false;
  }
  return draft.body();
}

/** Passes `[1:60]`, a command and its options, `-A`, the chain, and the number after `-I CHAIN`. */
function ruleStart(words: readonly Word[]): number {
  for (let at = 0; at < words.length; at++) {
    const { text } = words[at] as Word;
    if (text === '-A' || text === '--append') return at + 2;
    if (text !== '-I' && text !== '--insert') continue;
    return /^\d+$/.test(words[at + 2]?.text ?? '') ? at + 3 : at + 2;
  }
  return words.length;
}

/** A word with a hyphen is an option, but `-1` and what stands in quotes are values. */
function isValue({ text, quoted }: Word): boolean {
  if (quoted) return true;
  return text !== '!' && (!text.startsWith('-') || /^-\d/.test(text));
}
