import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { unpackStream } from '@tuplescope/archive';
import {
  type Mismatch,
  type Profile,
  readRecordedSequence,
  replaySequence,
} from '@tuplescope/kernel-model';
import type { Diagnostic } from '@tuplescope/scan';
import { profileNamed } from './profile-named.ts';
import { readChunks } from './read-chunks.ts';
import { reasonOf } from './reason-of.ts';
import { refuseToOverwrite } from './refuse-to-overwrite.ts';
import { renderReplay } from './render-replay.ts';
import { type Terminal, write } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { type AnswerOptions, writeAnswer } from './write-answer.ts';

/** The options of `replay`, as commander hands them over. */
export interface ReplayOptions extends AnswerOptions {
  readonly profile?: string;
}

/** What came of one file of recorded vectors: the contract of `replay --format json`. */
export interface ReplayedFile {
  readonly file: string;
  /** The kernel that the first sequence names. */
  readonly kernel: string;
  /** The profile's id. */
  readonly profile: string;
  readonly sequences: number;
  readonly packets: number;
  /** Fields in which the model differs from the kernel. */
  readonly mismatches: number;
  readonly first: Mismatch | null;
}

/**
 * Replays recorded kernel vectors on the model and tells the first difference; gives 0 where there
 * is none, 3 where there is one.
 */
export async function replay(
  paths: readonly string[],
  options: ReplayOptions,
  terminal: Terminal,
): Promise<number> {
  const chosen = options.profile === undefined ? null : profileNamed(options.profile);
  const files: ReplayedFile[] = [];
  refuseToOverwrite(paths, options.output);
  for (const path of paths) files.push(await replayFile(path, chosen, options, terminal));
  const answer = { schemaVersion: 1, files };
  await writeAnswer(answer, ({ color }) => renderReplay(files, color), options, terminal);
  return files.some(({ mismatches }) => mismatches > 0) ? 3 : 0;
}

async function replayFile(
  path: string,
  chosen: Profile | null,
  { quiet }: ReplayOptions,
  { stdin, stderr }: Terminal,
): Promise<ReplayedFile> {
  const profiles = new Map<string, Profile>();
  const tally = { sequences: 0, packets: 0, mismatches: 0 };
  let kernel: string | null = null;
  let first: Mismatch | null = null;
  let line = 0;
  for await (const text of linesOf(path, stdin)) {
    line++;
    if (text.trim() === '') continue;
    const sequence = readSequence(text);
    if (typeof sequence === 'string') {
      if (!quiet) await write(stderr, `${path}:${line}:1: error: ${sequence}\n`);
      continue;
    }
    kernel ??= sequence.kernel;
    const profile = chosen ?? profiles.get(sequence.kernel) ?? profileNamed(sequence.kernel);
    profiles.set(sequence.kernel, profile);
    const mismatches = replayOne(path, line, () => replaySequence(sequence, profile));
    first ??= mismatches[0] ?? null;
    tally.sequences++;
    tally.packets += sequence.packets.filter(({ op }) => op === 'pkt').length;
    tally.mismatches += mismatches.length;
  }
  if (kernel === null) throw new UsageError(`${path} holds no recorded sequence`);
  const profile = chosen ?? (profiles.get(kernel) as Profile);
  return { file: path, kernel, profile: profile.id, ...tally, first };
}

function replayOne(path: string, line: number, work: () => Mismatch[]): Mismatch[] {
  try {
    return work();
  } catch (error) {
    throw new UsageError(`${path}:${line}: ${reasonOf(error)}`);
  }
}

function readSequence(text: string): ReturnType<typeof readRecordedSequence> {
  try {
    return readRecordedSequence(JSON.parse(text));
  } catch {
    return 'expected a sequence as JSON, found something else';
  }
}

/** The lines of a file, which may be packed. */
async function* linesOf(path: string, stdin: Readable): AsyncGenerator<string> {
  const onDiagnostic = ({ severity, message }: Diagnostic): void => {
    if (severity === 'error') throw new UsageError(`cannot read ${path}: ${message}`);
  };
  const input = Readable.from(unpackStream(readChunks(path, stdin), { onDiagnostic }));
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
