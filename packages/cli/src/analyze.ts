import { readIncidents } from '@tuplescope/incident';
import { makeReport, type Report } from '@tuplescope/report';
import { visible } from '@tuplescope/scan';
import { exitCodeOf } from './exit-code.ts';
import { readNumber } from './read-number.ts';
import { readPaths } from './read-paths.ts';
import { refuseToOverwrite } from './refuse-to-overwrite.ts';
import { renderAnalysis } from './render-analysis.ts';
import { showSteps } from './steps.ts';
import { type Terminal, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { VERSION } from './version.ts';
import { type AnswerOptions, writeAnswer } from './write-answer.ts';

/** The options of `analyze`, as commander hands them over. */
export interface AnalyzeOptions extends AnswerOptions {
  readonly failOn: string;
  readonly port?: string;
  readonly utcOffset: string;
}

/** Analyses files, folders or standard input, writes the report, and gives the exit code. */
export async function analyze(
  paths: readonly string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<number> {
  const utcOffsetHours = readNumber('--utc-offset', options.utcOffset, -24, 24);
  const port = options.port === undefined ? null : readNumber('--port', options.port, 0, 65_535);
  const steps = showSteps(terminal, options);
  const { files, opened, problems } = await readPaths(paths, terminal.stdin);
  for (const problem of problems) {
    if (!options.quiet) await write(terminal.stderr, `tuplescope: ${visible(problem)}\n`);
  }
  const incidents = readIncidents(steps.eachFile(files), { utcOffsetHours });
  steps.say('looking for collisions');
  const report = onlyPort(makeReport(incidents, VERSION), port);
  steps.clear();
  if (report.incident.files.every(({ kind }) => kind === 'unknown')) {
    const untold = options.quiet ? problems.slice(0, 1) : [];
    throw new UsageError(
      report.incident.files.length > 0 || problems.length === 0
        ? nothingRecognised(report)
        : ['no file could be read', ...untold.map(visible)].join(': '),
    );
  }
  refuseToOverwrite(opened, options.output);
  const asked = port === null ? {} : { port };
  await writeAnswer(
    report,
    (style) => renderAnalysis(options.format, report, incidents, { ...style, ...asked }),
    options,
    terminal,
  );
  return exitCodeOf(report, options.failOn);
}

function onlyPort(report: Report, port: number | null): Report {
  if (port === null) return report;
  return { ...report, findings: report.findings.filter(({ ports }) => ports.includes(port)) };
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
