import type { Writable } from 'node:stream';
import { type Incident, readIncidents } from '@tuplescope/incident';
import { TrackerError } from '@tuplescope/kernel-model';
import {
  type ExplanationReport,
  explanationRecord,
  makeExplanationReport,
  renderExplanationHtml,
  renderExplanationText,
  renderLadderSvg,
} from '@tuplescope/report';
import { visible } from '@tuplescope/scan';
import { RECORD_ENCODERS, type RecordEncoder } from './encode-records.ts';
import { openOutput } from './open-output.ts';
import { profileNamed } from './profile-named.ts';
import { type Progress, showProgress } from './progress.ts';
import { readNumber } from './read-number.ts';
import { readPaths } from './read-paths.ts';
import { readSysctls } from './read-sysctls.ts';
import { refuseToOverwrite } from './refuse-to-overwrite.ts';
import { type Terminal, type TerminalOptions, wantsColor, widthOf, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** The formats of `explain`; the first is the default. */
export const EXPLAIN_FORMATS: readonly string[] = ['text', 'ndjson', 'json', 'html', 'svg'];

/** The options of `explain`, as commander hands them over. */
export interface ExplainOptions extends TerminalOptions {
  readonly format: string;
  readonly utcOffset: string;
  readonly profile?: string;
  readonly sysctl?: readonly string[];
  readonly port?: string;
  readonly output?: string;
}

/** Text is written in pieces of about this size: one write a record would be slow. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * Explains the packets of files, folders or standard input by a kernel; gives 0 where packets were
 * found, with contradictions too, and throws a usage error where there are none.
 */
export async function explain(
  paths: readonly string[],
  options: ExplainOptions,
  terminal: Terminal,
): Promise<number> {
  const utcOffsetHours = readNumber('--utc-offset', options.utcOffset, -24, 24);
  const port =
    options.port === undefined ? undefined : readNumber('--port', options.port, 1, 65535);
  const profile = options.profile === undefined ? undefined : profileNamed(options.profile);
  const sysctls = readSysctls(options.sysctl ?? []);
  const { files, opened, problems } = await readPaths(paths, terminal.stdin);
  const say = (text: string): void => {
    if (!options.quiet) terminal.stderr.write(`tuplescope: ${visible(text)}\n`);
  };
  for (const problem of problems) say(problem);
  const incidents = readIncidents(files, { utcOffsetHours }).filter(hasPackets);
  if (incidents.length === 0) {
    throw new UsageError('no packets were found: name a capture file, or the text of tcpdump');
  }
  const asked = {
    sysctls,
    ...(profile === undefined ? {} : { profile }),
    ...(port === undefined ? {} : { port }),
  };
  const report = reportOf(incidents, asked);
  refuseToOverwrite(opened, options.output);
  if (options.format !== 'text') sayContradictions(report, say);
  const output = openOutput(options.output, terminal.stdout);
  const progress = showProgress(terminal, options);
  await writeExplanations(report, options, terminal, output.stream, progress);
  progress.clear();
  await output.close();
  return 0;
}

function hasPackets({ captures }: Incident): boolean {
  return captures.some(
    ({ content, records }) =>
      (content.kind === 'pcap' || content.kind === 'tcpdump') && records > 0,
  );
}

function reportOf(
  incidents: readonly Incident[],
  asked: Parameters<typeof makeExplanationReport>[2],
): ExplanationReport {
  try {
    return makeExplanationReport(incidents, VERSION, asked);
  } catch (error) {
    if (error instanceof TrackerError) throw new UsageError(error.message);
    throw error;
  }
}

/** The text and the page say it in their heads; records do not. */
function sayContradictions({ kernel }: ExplanationReport, say: (text: string) => void): void {
  const { profile, contradictedBy, consistentProfiles } = kernel;
  const [first] = contradictedBy;
  if (first === undefined) return;
  say(`${first.file} packet ${first.packet} contradicts ${profile}: ${first.why}`);
  if (consistentProfiles.length > 0) say(`what fits: ${consistentProfiles.join(', ')}`);
}

async function writeExplanations(
  report: ExplanationReport,
  options: ExplainOptions,
  terminal: Terminal,
  stream: Writable,
  progress: Progress,
): Promise<void> {
  switch (options.format) {
    case 'html':
      return await write(stream, renderExplanationHtml(report));
    case 'svg':
      return await write(stream, renderLadderSvg(report));
    case 'text': {
      const color =
        options.color ?? (options.output === undefined && wantsColor(terminal, options));
      const pieces = renderExplanationText(report, { color, width: widthOf(terminal) });
      return await writePieces(pieces, stream);
    }
    default:
      return await writeRecords(report, options.format, stream, progress);
  }
}

/** One write a packet would be slow. */
async function writePieces(pieces: Iterable<string>, stream: Writable): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    await write(stream, text);
    text = '';
  }
  await write(stream, text);
}

async function writeRecords(
  { lineages }: ExplanationReport,
  format: string,
  stream: Writable,
  progress: Progress,
): Promise<void> {
  const encoder = RECORD_ENCODERS[format]?.() as RecordEncoder;
  await writePieces(encoded(), stream);

  function* encoded(): Generator<string> {
    let count = 0;
    for (const { explanations } of lineages) {
      for (const explanation of explanations) {
        progress.tell(++count);
        yield encoder.add(explanationRecord(explanation));
      }
    }
    yield encoder.end();
  }
}
