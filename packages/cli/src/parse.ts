import { archiveFormat, FORMAT_BYTES, unpackStream } from '@tuplescope/archive';
import { type Diagnostic, visible } from '@tuplescope/scan';
import { checkInputs } from './check-inputs.ts';
import { RECORD_ENCODERS, type RecordEncoder } from './encode-records.ts';
import { formatDiagnostic } from './format-diagnostic.ts';
import { openInput } from './input.ts';
import { type Output, openOutput } from './open-output.ts';
import { openRecords, type Records, WHOLE_BYTES } from './open-records.ts';
import { PARSE_KINDS, type ParseKind } from './parse-kind.ts';
import { showProgress } from './progress.ts';
import { readChunks } from './read-chunks.ts';
import { readNumber } from './read-number.ts';
import { type Terminal, type TerminalOptions, wantsColor, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The options of `parse`, as commander hands them over. */
export interface ParseOptions extends TerminalOptions {
  readonly format: string;
  readonly utcOffset: string;
  readonly all?: boolean;
  readonly output?: string;
}

/** Text is written in pieces of about this size: one write a record would be slow. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * Parses files or standard input to records on standard output and diagnostics on standard error;
 * gives 0 where anything was recognised, else 2.
 *
 * @param kind a name in {@link PARSE_KINDS}, and `options.format` one in {@link RECORD_ENCODERS}.
 */
export async function parse(
  kind: string,
  files: readonly string[],
  options: ParseOptions,
  terminal: Terminal,
): Promise<number> {
  const utcOffsetHours = readNumber('--utc-offset', options.utcOffset, -24, 24);
  const paths = files.length === 0 ? ['-'] : files;
  checkInputs(paths, options.output);
  const encoder = RECORD_ENCODERS[options.format]?.() as RecordEncoder;
  const progress = showProgress(terminal, options);
  const isColored = wantsColor({ ...terminal, stdout: terminal.stderr }, options);
  const say = (text: string): void => {
    progress.clear();
    if (!options.quiet) terminal.stderr.write(`${text}\n`);
  };
  let output: Output | null = null;
  let count = 0;
  for (const path of paths) {
    const onDiagnostic = (diagnostic: Diagnostic): void =>
      say(formatDiagnostic(path, diagnostic, isColored));
    const bytes = unpackStream(readChunks(path, terminal.stdin), { onDiagnostic });
    const input = await openInput(bytes, WHOLE_BYTES);
    try {
      refuseArchive(path, input.head);
      const read: Records = await openRecords(PARSE_KINDS[kind] as ParseKind, path, input, {
        utcOffsetHours,
        all: options.all === true,
        onDiagnostic,
      });
      if (!read.isRecognized) {
        say(visible(`${path}: not recognised: ${read.why}`));
        continue;
      }
      output ??= openOutput(options.output, terminal.stdout);
      let text = '';
      for await (const record of read.records) {
        progress.tell(++count);
        text += encoder.add(record);
        if (text.length < PIECE_CHARACTERS) continue;
        await write(output.stream, text);
        text = '';
      }
      await write(output.stream, text);
    } finally {
      await input.close();
    }
  }
  progress.clear();
  if (output === null) {
    await write(terminal.stderr, 'tuplescope: no input was recognised\n');
    return 2;
  }
  await write(output.stream, encoder.end());
  await output.close();
  return 0;
}

/** One packed file is parsed as it comes; of an archive's members none is the one that was meant. */
function refuseArchive(path: string, head: Uint8Array): void {
  const format = archiveFormat(head.subarray(0, FORMAT_BYTES));
  if (format !== 'tar' && format !== 'zip') return;
  const name = path === '-' ? 'standard input' : path;
  throw new UsageError(`${name} is a .${format}: parse takes single files, analyze takes archives`);
}
