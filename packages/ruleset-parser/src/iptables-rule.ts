import { readCounters } from './counters.ts';
import { GENERAL_OPTIONS, matchKey, PLAIN_MODULES } from './iptables-options.ts';
import { splitWords, type Word } from './iptables-words.ts';
import { normalizeMatchValue } from './match-value.ts';
import { OptionList, type RuleBody } from './rule-body.ts';
import { formatFlagMatch } from './tcp-flag-match.ts';

const COUNTS_TOO_LARGE = 'counters up to 2^53 - 1';

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
  const match = new OptionList();
  const targetOptions = new OptionList();
  const doubts: string[] = [];
  let counters = null;
  let target: string | null = null;
  let goesTo = false;
  let module = '';
  let moduleSaid = true;
  let negated = false;
  let ofTarget = false;
  const closeModule = (): void => {
    if (!moduleSaid && !PLAIN_MODULES.has(module)) match.add(module, '');
    moduleSaid = true;
  };
  for (let at = ruleStart(words); at < words.length; ) {
    const option = (words[at++] as Word).text;
    if (option === '!') {
      negated = true;
      continue;
    }
    let values = '';
    // `--dport ! 80`: before 1.4 the mark stood after the option.
    if (words[at]?.text === '!' && !words[at]?.quoted) {
      negated = true;
      at++;
    }
    for (; at < words.length && isValue(words[at] as Word); at++) {
      values += values === '' ? (words[at] as Word).text : ` ${(words[at] as Word).text}`;
    }
    if (GENERAL_OPTIONS.has(option)) ofTarget = false;
    if (option === '-m' || option === '--match') {
      closeModule();
      module = values;
      moduleSaid = false;
    } else if (option === '-c' || option === '--set-counters') {
      const [packets = '', bytes = ''] = values.split(' ');
      counters = readCounters(packets, bytes);
      if (counters === null) doubts.push(COUNTS_TOO_LARGE);
    } else if (option === '-j' || option === '--jump' || option === '-g' || option === '--goto') {
      target = values;
      goesTo = option === '-g' || option === '--goto';
      ofTarget = true;
    } else if (ofTarget) {
      targetOptions.add(targetOptionName(option), values);
    } else {
      if (!GENERAL_OPTIONS.has(option)) moduleSaid = true;
      addCondition(match, matchKey(option, module), negated, values);
    }
    negated = false;
  }
  closeModule();
  const first = words[0]?.text ?? '';
  if (first.startsWith('[')) {
    const [packets = '', bytes = ''] = first.slice(1, -1).split(':');
    counters = readCounters(packets, bytes);
    if (counters === null) doubts.push(COUNTS_TOO_LARGE);
  }
  const options = targetOptions.all();
  return { match: match.all(), target, goto: goesTo, targetOptions: options, counters, doubts };
}

/** Passes `[1:60]`, a command and its options, `-A`, the chain, and the number after `-I CHAIN`. */
function ruleStart(words: readonly Word[]): number {
  const isAppend = ({ text }: Word): boolean => text === '-A' || text === '--append';
  const isInsert = ({ text }: Word): boolean => text === '-I' || text === '--insert';
  let at = words.findIndex((word) => isAppend(word) || isInsert(word));
  if (at < 0) return words.length;
  const mayHaveNumber = isInsert(words[at] as Word);
  at += 2;
  return mayHaveNumber && /^\d+$/.test(words[at]?.text ?? '') ? at + 1 : at;
}

/** A word with a hyphen is an option, but `-1` and what stands in quotes are values. */
function isValue({ text, quoted }: Word): boolean {
  if (quoted) return true;
  return text !== '!' && (!text.startsWith('-') || /^-\d/.test(text));
}

function targetOptionName(option: string): string {
  const name = option.replace(/^-+/, '');
  return name === 'to-port' ? 'to-ports' : name;
}

function addCondition(match: OptionList, key: string, negated: boolean, value: string): void {
  const sign = negated ? '!' : '';
  if (key === 'syn') match.add(`${sign}tcp-flags`, formatFlagMatch('SYN', 'FIN,SYN,RST,ACK'));
  else if (key === 'tcp-flags') {
    const [mask = '', set = ''] = value.split(' ');
    match.add(`${sign}tcp-flags`, formatFlagMatch(set, mask));
  } else if (key === 'protocol' && (value === 'all' || value === '0')) return;
  else match.add(sign + key, normalizeMatchValue(key, value));
}
