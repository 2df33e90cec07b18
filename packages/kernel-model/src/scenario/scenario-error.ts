/** What is wrong with a line of a scenario. */
export interface ScenarioProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly expected: string;
  readonly found: string;
  /** A line that is right. */
  readonly example: string;
  /** The line as it stands. */
  readonly text: string;
}

/** Thrown for a scenario text that cannot be read; has every problem of it. */
export class ScenarioError extends Error {
  readonly problems: readonly ScenarioProblem[];

  constructor(problems: readonly ScenarioProblem[]) {
    super(problems.map(show).join('\n'));
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}

function show({ line, column, expected, found, example, text }: ScenarioProblem): string {
  return [
    `line ${line}, column ${column}: expected ${expected}, found ${found}`,
    `  ${text}`,
    `  ${' '.repeat(column - 1)}^`,
    `  for example: ${example}`,
  ].join('\n');
}
