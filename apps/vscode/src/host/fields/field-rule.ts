/** What a field means: a sentence with `{0}`, `{1}` where the values go, so that it can be translated. */
export interface Meaning {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** A field of a tool's output: how it is written, and what it means. */
export interface FieldRule {
  /** The field as it stands in a line; with the flags `dg`: all of them, with places. */
  readonly pattern: RegExp;
  /** Says what this one means, or null where it says nothing to explain. */
  readonly explain: (groups: readonly string[]) => Meaning | null;
}

/** A field at a place, with its meaning. */
export interface ExplainedField extends Meaning {
  /** First character in the line, from 0. */
  readonly start: number;
  /** Character after the last. */
  readonly end: number;
  /** The field as written. */
  readonly field: string;
}

/** A rule whose meaning depends on nothing in the field. */
export function fixed(pattern: RegExp, text: string): FieldRule {
  return { pattern, explain: () => ({ text, values: [] }) };
}

/** A rule for words, each with its meaning. */
export function oneOf(
  meanings: Readonly<Record<string, string>>,
  around: (words: string) => string = (words) => `(?<![\\w-])(${words})(?![\\w-])`,
): FieldRule {
  const words = Object.keys(meanings).sort((a, b) => b.length - a.length);
  return {
    pattern: new RegExp(around(words.join('|')), 'g'),
    explain: ([, word = '']) => {
      const text = meanings[word];
      return text === undefined ? null : { text, values: [] };
    },
  };
}

/** Lines longer than this are not looked at: people do not hover there. */
const MOST_CHARACTERS = 4000;

/** Finds the first rule whose field stands at a character of a line. */
export function fieldAt(
  rules: readonly FieldRule[],
  line: string,
  character: number,
): ExplainedField | null {
  if (line.length > MOST_CHARACTERS) return null;
  for (const { pattern, explain } of rules) {
    for (const match of line.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (character < start || character >= end) continue;
      const meaning = explain([...match].map((group) => group ?? ''));
      if (meaning !== null) return { ...meaning, start, end, field: match[0] };
    }
  }
  return null;
}
