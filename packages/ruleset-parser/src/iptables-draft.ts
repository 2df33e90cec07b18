import { type Counters, readCounters } from './counters.ts';
import { GENERAL_OPTIONS, matchKey, PLAIN_MODULES, withoutHyphens } from './iptables-options.ts';
import { normalizeMatchValue } from './match-value.ts';
import { OptionList, type RuleBody } from './rule-body.ts';
import { formatFlagMatch } from './tcp-flag-match.ts';

/** A rule of iptables while its options are read. */
export class IptablesDraft {
  readonly #match = new OptionList();
  readonly #targetOptions = new OptionList();
  readonly #doubts: string[] = [];
  #counters: Counters | null = null;
  #target: string | null = null;
  #goesTo = false;
  #isOfTarget = false;
  #module = '';
  #hasModuleSpoken = true;

  /** Adds an option with its values, joined by blanks. */
  addOption(option: string, values: string, negated: boolean): void {
    switch (option) {
      case '-m':
      case '--match':
        this.#closeModule();
        this.#module = values;
        this.#hasModuleSpoken = false;
        this.#isOfTarget = false;
        return;
      case '-c':
      case '--set-counters':
        this.setCounters(values.split(' '));
        return;
      case '-j':
      case '--jump':
      case '-g':
      case '--goto':
        this.#target = values;
        this.#goesTo = option === '-g' || option === '--goto';
        this.#isOfTarget = true;
        return;
    }
    const isGeneral = GENERAL_OPTIONS.has(option);
    if (isGeneral) this.#isOfTarget = false;
    else if (!this.#isOfTarget) this.#hasModuleSpoken = true;
    if (this.#isOfTarget) this.#targetOptions.add(targetOptionName(option), values);
    else addCondition(this.#match, matchKey(option, this.#module), negated, values);
  }

  /** Sets packets and bytes. */
  setCounters([packets = '', bytes = '']: readonly string[]): void {
    this.#counters = readCounters(packets, bytes);
    if (this.#counters === null) this.#doubts.push('counters up to 2^53 - 1');
  }

  body(): RuleBody {
    this.#closeModule();
    return {
      match: this.#match.all(),
      target: this.#target,
      goto: this.#goesTo,
      targetOptions: this.#targetOptions.all(),
      counters: this.#counters,
      doubts: this.#doubts,
    };
  }

  /** A module without options is a condition by itself: `-m socket`. */
  #closeModule(): void {
    if (!this.#hasModuleSpoken && !PLAIN_MODULES.has(this.#module))
      this.#match.add(this.#module, '');
    this.#hasModuleSpoken = true;
  }
}

function targetOptionName(option: string): string {
  const name = withoutHyphens(option);
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
