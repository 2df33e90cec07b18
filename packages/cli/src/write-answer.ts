import { openOutput } from './open-output.ts';
import { type Terminal, type TerminalOptions, wantsColor, widthOf, write } from './terminal.ts';

/** The options of every command that gives one answer. */
export interface AnswerOptions extends TerminalOptions {
  /** `json`, or anything else for what the command renders. */
  readonly format: string;
  readonly output?: string;
}

/** How an answer's text is laid out. */
export interface AnswerStyle {
  readonly color: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

/**
 * Writes an answer to where `--output` says: as JSON, or as the text that `render` makes of it. A
 * file is coloured only where the option asks for it.
 */
export async function writeAnswer(
  answer: object,
  render: (style: AnswerStyle) => string,
  options: AnswerOptions,
  terminal: Terminal,
): Promise<void> {
  const color = options.color ?? (options.output === undefined && wantsColor(terminal, options));
  const output = openOutput(options.output, terminal.stdout);
  const isJson = options.format === 'json';
  const json = (): string => `${JSON.stringify(answer, null, 2)}\n`;
  await write(output.stream, isJson ? json() : render({ color, width: widthOf(terminal) }));
  await output.close();
}
