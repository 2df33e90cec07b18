import type { Counters } from './counters.ts';
import { OptionList, type RuleBody } from './rule-body.ts';

/** A rule of nft while its statements are read. */
export class RuleDraft {
  readonly match: OptionList = new OptionList();
  readonly options: OptionList = new OptionList();
  counters: Counters | null = null;
  #target: string | null = null;
  #rank = 0;
  #goesTo = false;
  readonly #doubts: string[] = [];

  /**
   * Sets the target unless one of a higher rank stands already: NAT and the like 3, a verdict 2, a
   * statement that changes the packet 1. A verdict beside a higher one is kept as an option.
   */
  setTarget(target: string, rank: number, goesTo = false): void {
    if (rank <= this.#rank) {
      if (rank === 2) this.options.add('verdict', target);
      return;
    }
    if (this.#rank === 2 && this.#target !== null) this.options.add('verdict', this.#target);
    this.#target = target;
    this.#rank = rank;
    this.#goesTo = goesTo;
  }

  /** Adds an extension of iptables whose options nft does not print. */
  addOpaque(name: string, type: string | null): void {
    // Extensions have upper-case names where they are targets, lower-case where they are matches.
    if (type === 'target' || (type === null && name === name.toUpperCase())) {
      this.setTarget(name, 3);
      this.options.add('xt', '');
    } else this.match.add(`xt ${name}`, '');
    // A comment that nft does not print costs nothing but its words.
    if (name !== 'comment') this.doubt(`the options of ${name}, which iptables-save prints`);
  }

  /** A target was there, and nft printed nothing of it. */
  loseStatement(): void {
    this.options.add('xt', '');
    this.doubt('a target, which iptables-save prints');
  }

  /** Keeps a word that is no statement that is known here. */
  keepUnknown(word: string): void {
    this.match.add('other', word);
    this.doubt(`a statement of nft (${word} is none)`);
  }

  doubt(expected: string): void {
    if (this.#doubts.length < 4) this.#doubts.push(expected);
  }

  body(): RuleBody {
    return {
      match: this.match.all(),
      target: this.#target,
      goto: this.#goesTo,
      targetOptions: this.options.all(),
      counters: this.counters,
      doubts: this.#doubts,
    };
  }
}
