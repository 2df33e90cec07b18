import type { Counters } from './counters.ts';
import type { RuleOptions } from './rule.ts';

/** What one rule's text says, without where it stands. */
export interface RuleBody {
  readonly match: RuleOptions;
  readonly target: string | null;
  readonly goto: boolean;
  readonly targetOptions: RuleOptions;
  readonly counters: Counters | null;
  /** What was doubtful, each as what was expected. */
  readonly doubts: readonly string[];
}

/** Gathers options; a name that comes again keeps every value. */
export class OptionList {
  readonly #options = new Map<string, string | string[]>();

  add(name: string, value: string): void {
    const known = this.#options.get(name);
    if (known === undefined) this.#options.set(name, value);
    else if (typeof known === 'string') this.#options.set(name, [known, value]);
    else known.push(value);
  }

  has(name: string, value?: string): boolean {
    return value === undefined ? this.#options.has(name) : this.#options.get(name) === value;
  }

  /** The options as an object of own properties, `__proto__` no less than any other name. */
  all(): RuleOptions {
    return Object.fromEntries(this.#options);
  }
}

/**
 * Gives the values of an option: none, one, or every repetition.
 *
 * @example
 * optionValues({ dport: '80,443' }, 'dport') // ['80,443']
 */
export function optionValues(options: RuleOptions, name: string): readonly string[] {
  const value = Object.hasOwn(options, name) ? options[name] : undefined;
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
