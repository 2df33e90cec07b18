import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Diagnostic } from '@tuplescope/scan';
import { visible } from '@tuplescope/scan';
import { openOutput } from './open-output.ts';
import { readNumber } from './read-number.ts';
import { openRecords } from './record-source.ts';
import { RECORD_WRITERS } from './record-writers.ts';
import { type Terminal, type TerminalOptions, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The options of `parse`, as commander hands them over. */
export interface ParseOptions extends TerminalOptions {
  readonly format: string;
  readonly utcOffset: string;
  readonly output?: string;
}

/**
 * Parses files or standard input to records on standard output and diagnostics on standard error;
 * gives 0 where anything was recognised, else 2.
 */
export async function parse(
  kind: string,
  files: readonly string[],
  options: ParseOptions,
  terminal: Terminal,
): Promise<number> {
  const utcOffsetHours = readNumber('--utc-offset', options.utcOffset, -24, 24);
  const output = openOutput(options.output, terminal.stdout);
  const writer = RECORD_WRITERS[options.format]?.(output.stream);
  if (writer === undefined) throw new UsageError(`unknown format "${options.format}"`);
  let isRecognized = false;
  for (const path of files.length === 0 ? ['-'] : files) {
    const say = (text: string): void => {
      if (!options.quiet) terminal.stderr.write(`${visible(`${path}${text}`)}\n`);
    };
    const source = await openRecords(kind, path, await chunksOf(path, terminal), {
      utcOffsetHours,
      onDiagnostic: (diagnostic) => say(placed(diagnostic)),
    });
    if (!source.isRecognized) say(`: not recognised: ${source.found}`);
    isRecognized ||= source.isRecognized;
    for await (const record of source.records) await writer.add(record);
  }
  await writer.end();
  await output.close();
  if (!isRecognized) await write(terminal.stderr, 'tuplescope: no input was recognised\n');
  return isRecognized ? 0 : 2;
}

function placed({ line, column, severity, message }: Diagnostic): string {
  return `:${line}:${column}: ${severity}: ${message}`;
}

async function chunksOf(path: string, { stdin }: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return stdin;
  try {
    const { size } = await stat(path);
    return createReadStream(path, { highWaterMark: Math.min(1 << 20, Math.max(size, 1 << 14)) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot read ${path}: ${reason}`);
  }
}
