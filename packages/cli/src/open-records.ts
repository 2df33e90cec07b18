import { type Capture, readCapture, readFile, recognize } from '@tuplescope/incident';
import { type Diagnostic, excerpt, WHOLE_INPUT } from '@tuplescope/scan';
import { captureRecords } from './capture-records.ts';
import type { Input } from './input.ts';
import { PARSE_KINDS, type ParseKind, type RecordOptions } from './parse-kind.ts';

/** An input up to this size is read whole, as `analyze` reads it; a longer one is streamed. */
export const WHOLE_BYTES: number = 16 << 20;

/** Diagnostics that wait until the first record shows that the input is of the kind asked for. */
const MAX_WAITING = 1000;

/** What is made of one input: its records, or why there are none. */
export type Records =
  | { readonly isRecognized: true; readonly records: AsyncIterable<unknown> }
  | { readonly isRecognized: false; readonly why: string };

/** How the records are read, and who is told of what was not understood. */
export interface OpenOptions extends RecordOptions {
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/**
 * Gives the records of an input, in memory that does not grow with it. An input that is not
 * recognised is read as the kind that was asked for all the same, and the first record decides.
 *
 * @param kind a name in {@link PARSE_KINDS}.
 * @param path the input's name, which says of an empty one whether it is a listing.
 */
export async function openRecords(
  kind: string,
  path: string,
  input: Input,
  options: OpenOptions,
): Promise<Records> {
  const wanted = PARSE_KINDS[kind] as ParseKind;
  const read = input.isWhole ? readWhole(wanted, path, input.head, options) : [];
  const captures = read.filter(({ content: { kind: found } }) =>
    wanted.accepts === null
      ? found !== 'unknown' && found !== 'pcap'
      : wanted.accepts.includes(found),
  );
  if (captures.length > 0) return recognized(recordsOf(captures, options));
  const found = input.isWhole ? null : recognize(input.head, { path, command: null });
  const streamed = wanted.stream ?? PARSE_KINDS[found ?? '']?.stream;
  const why = read[0]?.diagnostics[0]?.message ?? beginningOf(input.head);
  if (streamed === undefined) return { isRecognized: false, why };
  if (found !== null && (wanted.accepts ?? [found]).includes(found)) {
    return recognized(streamed(input.chunks(), options));
  }
  return firstRecordDecides(streamed, input, options, why);
}
