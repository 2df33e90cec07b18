import type { Capture } from '@tuplescope/incident';
import type { SourceOrigin, SourceSpan } from '@tuplescope/scan';

/** Gives the records of a capture as `parse` prints them, each with its place in the file. */
export function* captureRecords({ content, origin }: Capture): Generator<unknown> {
  if ('table' in content) {
    for (const record of content.table) yield inFile(record, origin);
  } else if (content.kind === 'ss-summary') yield { summary: inFile(content.summary, origin) };
  else if (content.kind === 'uname') yield inFile(content.uname, origin);
  else if (content.kind === 'date') yield { at: content.at };
}

/** A record's span counts from where its section of a transcript begins. */
function inFile<Row extends { readonly source: SourceSpan }>(
  record: Row,
  origin: SourceOrigin,
): Row {
  if (origin.offset === 0) return record;
  const { line, start, end } = record.source;
  const source = {
    line: line + origin.line - 1,
    start: start + origin.offset,
    end: end + origin.offset,
  };
  return { ...record, source };
}
