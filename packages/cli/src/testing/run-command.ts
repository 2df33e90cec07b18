import { Readable, Writable } from 'node:stream';
import { run } from '../run.ts';
import type { TerminalStream } from '../terminal.ts';

/** What the command printed, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the command finds around it. */
export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command in this process, with streams in memory. */
export async function runCommand(
  args: readonly string[],
  { stdin = '', env = {} }: Surroundings = {},
): Promise<Outcome> {
  const stdout = collectText();
  const stderr = collectText();
  const code = await run(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream that keeps what is written to it; `isTTY` makes it pass for a terminal. */
export function collectText(isTTY = false): { stream: TerminalStream; text(): string } {
  const pieces: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      pieces.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => pieces.join('') };
}

/** Reads the lines of NDJSON. */
export function parseLines(text: string): Record<string, unknown>[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  return lines.map((line) => JSON.parse(line));
}
