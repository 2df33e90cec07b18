import { flattenRecord, quoteField } from './csv.ts';

/** Turns records into text one by one, in one of the formats of `parse`. */
export interface RecordEncoder {
  /** Gives the text to write now; an encoder may hold a record back. */
  add(record: unknown): string;
  /** Gives what is left to write after the last record. */
  end(): string;
}

/** The formats, by the name that `--format` takes; the first is the default. */
export const RECORD_ENCODERS: Readonly<Record<string, () => RecordEncoder>> = {
  ndjson: encodeNdjson,
  json: encodeJson,
  csv: encodeCsv,
};

function encodeNdjson(): RecordEncoder {
  return { add: (record) => `${JSON.stringify(record)}\n`, end: () => '' };
}

function encodeJson(): RecordEncoder {
  let isFirst = true;
  return {
    add: (record) => {
      const lead = isFirst ? '[\n' : ',\n';
      isFirst = false;
      return lead + JSON.stringify(record);
    },
    end: () => (isFirst ? '[]\n' : '\n]\n'),
  };
}

/** So many records tell which columns a CSV has. */
const SAMPLE_RECORDS = 1000;

/**
 * RFC 4180, a line a record, nested names joined by a dot. The columns are those of the first
 * thousand records; what a later record has besides stands as JSON in the last column, `other`.
 */
function encodeCsv(): RecordEncoder {
  const sample: Map<string, unknown>[] = [];
  let columns: ReadonlySet<string> | null = null;
  const begin = (): string => {
    if (sample.length === 0) return '';
    const names = new Set(sample.flatMap((fields) => [...fields.keys()]));
    columns = names;
    return csvLine([...names, 'other']) + sample.map((fields) => csvRow(names, fields)).join('');
  };
  return {
    add: (record) => {
      const fields = flattenRecord(record);
      if (columns !== null) return csvRow(columns, fields);
      return sample.push(fields) < SAMPLE_RECORDS ? '' : begin();
    },
    end: () => (columns === null ? begin() : ''),
  };
}

function csvRow(columns: ReadonlySet<string>, fields: ReadonlyMap<string, unknown>): string {
  const cells: unknown[] = [];
  let placed = 0;
  for (const name of columns) {
    if (fields.has(name)) placed++;
    cells.push(fields.get(name));
  }
  const others = placed < fields.size && [...fields].filter(([name]) => !columns.has(name));
  cells.push(others ? Object.fromEntries(others) : null);
  return csvLine(cells);
}

function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(quoteField).join(',')}\r\n`;
}
