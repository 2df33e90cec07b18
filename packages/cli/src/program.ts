import { MITIGATIONS } from '@tuplescope/kernel-model';
import { Argument, Command, Option } from 'commander';
import { analyze } from './analyze.ts';
import { collect } from './collect.ts';
import { RECORD_ENCODERS } from './encode-records.ts';
import { FAIL_ON } from './exit-code.ts';
import { EXPLAIN_FORMATS, explain } from './explain.ts';
import { parse } from './parse.ts';
import { PARSE_KINDS } from './parse-kind.ts';
import { profiles } from './profiles.ts';
import { ANALYZE_FORMATS } from './render-analysis.ts';
import { replay } from './replay.ts';
import { printSchema, SCHEMAS } from './schema.ts';
import { simulate } from './simulate.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Makes the command with its subcommands; `exitWith` is told the exit code of the one that ran. */
export function makeProgram(terminal: Terminal, exitWith: (code: number) => void): Command {
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
      outputError: (text, writeError) => writeError(oneLine(text)),
    })
    .addHelpText('after', HELP);
  withSharedOptions(program.command('analyze <paths...>'))
    .description('what collides, why, and what fixes it')
    .addOption(new Option('--format <format>').choices(ANALYZE_FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <state>', 'exit 1 from this state on')
        .choices(FAIL_ON)
        .default('active'),
    )
    .option('--port <number>', 'only what concerns this port')
    .action(async (paths: string[], options) => exitWith(await analyze(paths, options, terminal)));
  withSharedOptions(program.command('explain <paths...>'))
    .description('every TCP packet of the captures, explained against a kernel profile')
    .addOption(new Option('--format <format>').choices(EXPLAIN_FORMATS).default('text'))
    .option('--profile <id>', 'a profile or a kernel release; default: the kernel of the incident')
    .option('--sysctl <key=value>', 'overrides one sysctl, repeatable', addValue, [])
    .option('--port <number>', 'only connections of this port')
    .action(async (paths: string[], options) => exitWith(await explain(paths, options, terminal)));
  withSharedOptions(program.command('parse'))
    .description('any capture to records')
    .addArgument(new Argument('<kind>', 'what the input is').choices(Object.keys(PARSE_KINDS)))
    .argument('[files...]', 'the files; standard input where there are none')
    .addOption(
      new Option('--format <format>').choices(Object.keys(RECORD_ENCODERS)).default('ndjson'),
    )
    .option('--all', 'of a .pcap, the packets that are not TCP too')
    .action(async (kind: string, files: string[], options) =>
      exitWith(await parse(kind, files, options, terminal)),
    );
  withOutputOptions(program.command('profiles [release]'))
    .description('the kernel profiles; with a `uname -r`, the one that fits and how sure that is')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .option('--outcomes', 'both cases of istio issue 43301 on each profile, with each mitigation')
    .action(async (release: string | undefined, options) =>
      exitWith(await profiles(release, options, terminal)),
    );
  withOutputOptions(program.command('replay <vectors...>'))
    .description('the model against recorded kernel vectors (.jsonl, .jsonl.gz)')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .option('--profile <id>', "a profile or a kernel release; default: the recording's kernel")
    .action(async (paths: string[], options) => exitWith(await replay(paths, options, terminal)));
  withSharedOptions(program.command('simulate <paths...>'))
    .description(
      'connect again, in a pod built from the incident: other kernels, sysctls, mitigations',
    )
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .option(
      '--profile <id>',
      'on this kernel alone: a profile or a kernel release; default: on all',
    )
    .option('--sysctl <key=value>', 'overrides one sysctl, repeatable', addValue, [])
    .option(
      '--mitigation <name>',
      `one of ${MITIGATIONS.join(', ')}; repeatable; default: each`,
      addValue,
      [],
    )
    .option('--port <number>', 'the port to connect from; default: the one that collides')
    .action(async (paths: string[], options) => exitWith(await simulate(paths, options, terminal)));
  program
    .command('collect [pod]')
    .description('a shell script that gathers an incident from the network namespace of a pod')
    .option('-n, --namespace <name>', 'the namespace of the pod')
    .option('--pid <number>', 'a process of the pod, instead of its name')
    .option('--kubectl', 'a script that works from anywhere, by `kubectl debug`')
    .option('--run', 'run the script instead of printing it')
    .option('--seconds <number>', 'how long to capture packets and events', '10')
    .option('--snaplen <bytes>', 'of each packet keep so much, not just its headers')
    .option('--redact', 'replace addresses, each by the same one everywhere')
    .option('--output <file>', 'the archive, - for standard output; default: named by pod and time')
    .option('--quiet', 'say nothing on standard error but errors')
    .action(async (pod: string | undefined, options) =>
      exitWith(await collect(pod, options, terminal)),
    );
  program
    .command('schema')
    .description('the JSON Schema of an answer')
    .addArgument(new Argument('<name>', 'which answer').choices(SCHEMAS))
    .action(async (name: string) => printSchema(name, terminal));
  return program;
}

/** The options of commands that read captures. */
function withSharedOptions(command: Command): Command {
  return withOutputOptions(
    command.option('--utc-offset <hours>', 'the zone of time stamps that name none', '0'),
  );
}

/** The options of every command that answers. */
function withOutputOptions(command: Command): Command {
  return command
    .option('--output <file>', 'write there instead of to standard output')
    .option('--color', 'colour the text')
    .option('--no-color', 'do not colour it')
    .option('--progress', 'show progress on standard error')
    .option('--no-progress', 'show none')
    .option('--quiet', 'say nothing on standard error but errors of usage');
}

/** Gathers the values of an option that may be given several times. */
function addValue(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

/** A script that logs standard error gets one line for one mistake. */
function oneLine(text: string): string {
  const words = text.trim().replace(/^error: /, '');
  return `tuplescope: ${words.replaceAll(/\s*\n\s*/g, ' ')}\n`;
}

const HELP = `
Examples:
  tuplescope analyze dump/                     read a folder of captures
  tuplescope analyze bundle.tar.gz             read an archive of them
  tuplescope analyze notes.md --format json    a transcript, as JSON
  tuplescope explain lo.pcap eth0.pcap         what conntrack says of each packet
  tuplescope simulate dump/ --profile 6.2      would this kernel connect?
  conntrack -L | tuplescope parse conntrack    entries as NDJSON

Exit: 0 nothing found, 1 analyze found something (see --fail-on), 2 wrong usage or nothing recognised,
3 replay saw a mismatch.`;
