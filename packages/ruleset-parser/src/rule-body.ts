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
  readonly #options: Record<string, string | string[]> = {};

  add(name: string, value: string): void {
    const known = Object.hasOwn(this.#options, name) ? this.#options[name] : undefined;
    if (known === undefined) this.#set(name, value);
    else if (typeof known === 'string') this.#set(name, [known, value]);
    else known.push(value);
  }

  has(name: string, value?: string): boolean {
    if (!Object.hasOwn(this.#options, name)) return false;
    return value === undefined || this.#options[name] === value;
  }

  /** The options as an object. */
  all(): RuleOptions {
    return this.#options;
  }

  #set(name: string, value: string | string[]): void {
    if (name !== '__proto__') this.#options[name] = value;
    // Assigned, this name would set the prototype and be no option.
    else {
      const property = { value, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(this.#options, name, property);
    }
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
