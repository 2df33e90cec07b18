import { Command, CommanderError, Option } from 'commander';
import { analyze } from './analyze.ts';
import { FAIL_ON } from './exit-code.ts';
import { parse } from './parse.ts';
import { PARSE_KINDS } from './record-source.ts';
import { printSchema, SCHEMAS } from './schema.ts';
import { type Terminal, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/**
 * Runs the command with its arguments and gives the exit code: 0 nothing found at `--fail-on` or
 * above, 1 something was, 2 wrong usage or nothing recognised. Nothing is thrown for bad input.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const program = programOf(terminal, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError)) throw error;
    await write(terminal.stderr, `tuplescope: ${error.message}\n`);
    return 2;
  }
}

function programOf(terminal: Terminal, exitWith: (code: number) => void): Command {
  const program = new Command('tuplescope')
    .description(
      'Which port collides, with what, and why: from what was captured when a connection timed out.',
    )
    .version(VERSION)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .addHelpText('after', HELP);
  const shared = (command: Command): Command =>
    command
      .exitOverride()
      .option('--utc-offset <hours>', 'the zone of time stamps that name none', '0')
      .option('--output <file>', 'write there instead of to standard output')
      .option('--color', 'colour the text')
      .option('--no-color', 'do not colour it')
      .option('--progress', 'show progress on standard error')
      .option('--no-progress', 'show none')
      .option('--quiet', 'say nothing on standard error but errors of usage');
  shared(program.command('analyze <paths...>'))
    .description('what collides, why, and what fixes it')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <state>', 'exit 1 from this state on')
        .choices(FAIL_ON)
        .default('active'),
    )
    .addOption(new Option('--port <number>', 'only what concerns this port'))
    .action(async (paths: string[], options) => exitWith(await analyze(paths, options, terminal)));
  shared(program.command('parse'))
    .description('any capture to records')
    .addArgument(program.createArgument('<kind>', 'what the input is').choices(PARSE_KINDS))
    .argument('[files...]', 'the files; standard input where there are none')
    .addOption(new Option('--format <format>').choices(['ndjson', 'json', 'csv']).default('ndjson'))
    .action(async (kind: string, files: string[], options) =>
      exitWith(await parse(kind, files, options, terminal)),
    );
  program
    .command('schema')
    .description('the JSON Schema of an answer')
    .exitOverride()
    .addArgument(program.createArgument('<name>', 'which answer').choices(SCHEMAS))
    .action(async (name: string) => printSchema(name, terminal));
  return program;
}

const HELP = `
Examples:
  tuplescope analyze dump/                     read a folder of captures
  tuplescope analyze notes.md --format json    a transcript, as JSON
  conntrack -L | tuplescope parse conntrack    entries as NDJSON

Exit: 0 nothing found, 1 analyze found something (see --fail-on), 2 wrong usage or nothing recognised.`;
