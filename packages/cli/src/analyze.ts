import { realpathSync } from 'node:fs';
import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import { makeReport, type Report, renderText } from '@tuplescope/report';
import { exitCodeOf } from './exit-code.ts';
import { openOutput } from './open-output.ts';
import { readNumber } from './read-number.ts';
import { readPaths } from './read-paths.ts';
import { type Terminal, type TerminalOptions, wantsColor, widthOf, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** The options of `analyze`, as commander hands them over. */
export interface AnalyzeOptions extends TerminalOptions {
  readonly format: string;
  readonly failOn: string;
  readonly port?: string;
  readonly utcOffset: string;
  readonly output?: string;
}

/** Analyses files, folders or standard input, writes the report, and gives the exit code. */
export async function analyze(
  paths: readonly string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<number> {
  const utcOffsetHours = readNumber('--utc-offset', options.utcOffset, -24, 24);
  const port = options.port === undefined ? null : readNumber('--port', options.port, 0, 65_535);
  const { files, problems } = await readPaths(paths, terminal.stdin);
  for (const problem of problems) {
    if (!options.quiet) await write(terminal.stderr, `tuplescope: ${problem}\n`);
  }
  const incidents = readIncidents(files, { utcOffsetHours });
  const report = onlyPort(makeReport(incidents, VERSION), port);
  if (report.incident.files.every(({ kind }) => kind === 'unknown')) {
    throw new UsageError(nothingRecognised(report));
  }
  if (options.output !== undefined) refuseToOverwrite(files, options.output);
  const output = openOutput(options.output, terminal.stdout);
  await write(output.stream, render(report, incidents, port, options, terminal));
  await output.close();
  return exitCodeOf(report, options.failOn);
}

function render(
  report: Report,
  incidents: readonly Incident[],
  port: number | null,
  options: AnalyzeOptions,
  terminal: Terminal,
): string {
  if (options.format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  return renderText(report, incidents, {
    color: options.color ?? (options.output === undefined && wantsColor(terminal, options)),
    width: widthOf(terminal),
    ...(port === null ? {} : { port }),
  });
}

function onlyPort(report: Report, port: number | null): Report {
  if (port === null) return report;
  return { ...report, findings: report.findings.filter(({ ports }) => ports.includes(port)) };
}

/** An incident cannot be captured again: the report must not take the place of a part of it. */
function refuseToOverwrite(files: readonly CapturedFile[], output: string): void {
  const real = realPath(output);
  if (real !== null && files.some(({ path }) => path !== '-' && realPath(path) === real)) {
    throw new UsageError(`--output ${output} is an input too, and would be lost`);
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Names the files that were there, with what the first line of each looks like. */
function nothingRecognised({ incident: { files } }: Report): string {
  if (files.length === 0) return 'no files to read: name a file, a folder, or - for standard input';
  const told = files
    .slice(0, 5)
    .map(({ path, diagnostics }) => `  ${path}: ${diagnostics[0]?.message ?? 'nothing known'}`);
  const more = files.length > 5 ? `\n  … and ${files.length - 5} more` : '';
  return `nothing was recognised in ${files.length} ${files.length === 1 ? 'file' : 'files'}\n${told.join('\n')}${more}`;
}
