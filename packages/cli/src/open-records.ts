import {
  type Capture,
  type CaptureKind,
  readCapture,
  readFile,
  recognize,
} from '@tuplescope/incident';
import { type Diagnostic, excerpt, WHOLE_INPUT } from '@tuplescope/scan';
import { captureRecords } from './capture-records.ts';
import type { Input } from './input.ts';
import { PARSE_KINDS, type ParseKind, type RecordOptions } from './parse-kind.ts';

/** An input up to this size is read whole, as `analyze` reads it; a longer one is streamed. */
export const WHOLE_BYTES: number = 16 << 20;

/** So many diagnostics wait until a first record shows that the input is of the kind asked for. */
const MAX_WAITING = 10_000;

/** What is made of one input: its records, or why there are none. */
export type Records =
  | { readonly isRecognized: true; readonly records: AsyncIterable<unknown> }
  | { readonly isRecognized: false; readonly why: string };

/** How the records are read, and who is told of what was not understood. */
export interface OpenOptions extends RecordOptions {
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/**
 * Gives the records of an input, in memory that does not grow with it. An input that does not look
 * like the kind that was asked for is read as that kind all the same, and the first record decides.
 *
 * @param path the input's name: it tells of an empty one whether it is a listing.
 * @param input opened with a head of {@link WHOLE_BYTES}.
 */
export async function openRecords(
  kind: ParseKind,
  path: string,
  input: Input,
  options: OpenOptions,
): Promise<Records> {
  const found = recognize(input.head, { path, command: null });
  // A .pcap is never a transcript, so it can be streamed from its first byte whatever its size.
  if (!input.isWhole || found === 'pcap') {
    const stream = accepts(kind, found) ? PARSE_KINDS[found]?.stream : undefined;
    if (stream === undefined) return readAsAsked(kind, input, options, looks(found, input.head));
    return { isRecognized: true, records: stream(input.chunks(), options) };
  }
  const captures = readCaptures(kind, path, input.head, options);
  const wanted = captures.filter(({ content }) => accepts(kind, content.kind));
  if (wanted.length > 0) return { isRecognized: true, records: recordsOf(wanted, options) };
  const { content, diagnostics } = captures[0] as Capture;
  const why = diagnostics[0]?.message ?? '';
  return readAsAsked(
    kind,
    input,
    options,
    content.kind === 'unknown' ? why : looks(content.kind, input.head),
  );
}

function accepts({ accepts: kinds }: ParseKind, found: CaptureKind): boolean {
  return kinds === null ? found !== 'unknown' : kinds.includes(found);
}

/** Whoever names the kind says which command printed what the text alone does not tell. */
function readCaptures(
  { commands = [] }: ParseKind,
  path: string,
  bytes: Uint8Array,
  options: RecordOptions,
): Capture[] {
  const captures = readFile({ path, bytes }, options);
  if (captures.some(({ content }) => content.kind !== 'unknown')) return captures;
  const asPrinted = commands.map((command) =>
    readCapture(path, { bytes, origin: WHOLE_INPUT, command }, options),
  );
  const known = asPrinted.find(({ content }) => content.kind !== 'unknown');
  return known === undefined ? captures : [known];
}

async function* recordsOf(
  captures: readonly Capture[],
  { onDiagnostic }: OpenOptions,
): AsyncGenerator<unknown> {
  for (const capture of captures) {
    for (const diagnostic of capture.diagnostics) onDiagnostic(diagnostic);
    yield* captureRecords(capture);
  }
}

async function readAsAsked(
  { stream }: ParseKind,
  input: Input,
  options: OpenOptions,
  why: string,
): Promise<Records> {
  if (stream === undefined) return { isRecognized: false, why };
  let waiting: Diagnostic[] | null = [];
  const tell = (): void => {
    for (const diagnostic of waiting ?? []) options.onDiagnostic(diagnostic);
    waiting = null;
  };
  const onDiagnostic = (diagnostic: Diagnostic): void => {
    if (waiting === null) options.onDiagnostic(diagnostic);
    else if (waiting.push(diagnostic) >= MAX_WAITING) tell();
  };
  const records = stream(input.chunks(), { ...options, onDiagnostic })[Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done === true) return { isRecognized: false, why };
  tell();
  return { isRecognized: true, records: withFirst(first.value, records) };
}

async function* withFirst(first: unknown, rest: AsyncIterator<unknown>): AsyncGenerator<unknown> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

function looks(found: CaptureKind, head: Uint8Array): string {
  if (found !== 'unknown') return `it looks like ${found}`;
  return `expected the output of a tool that Tuplescope knows, found ${excerpt(head, 0, 60)} …`;
}
