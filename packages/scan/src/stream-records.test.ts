import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { DiagnosticList } from './diagnostic-list.ts';
import { LineScanner, MAX_LINE_BYTES } from './line-scanner.ts';
import { isOversizedLine } from './oversized-line.ts';
import { type SourceOrigin, type SourceSpan, WHOLE_INPUT } from './source-span.ts';
import { type BlockParser, streamRecords } from './stream-records.ts';
import { iterateRows, type Table } from './table.ts';
import { decodeText, toBytes } from './text.ts';

interface Note {
  readonly text: string;
  readonly source: SourceSpan;
}

/** The smallest parser with records of several lines: `- text`, continued by indented lines. */
const notes: BlockParser<Note> = {
  parse(bytes: Uint8Array, origin: SourceOrigin): Table<Note> {
    const diagnostics = new DiagnosticList(bytes, origin);
    const list: { text: string; source: { line: number; start: number; end: number } }[] = [];
    const lines = new LineScanner(bytes);
    while (lines.next()) {
      if (isOversizedLine(lines, diagnostics)) continue;
      const { line, start, end } = lines;
      const text = decodeText(bytes, start, end);
      const last = list.at(-1);
      if (text.startsWith('- ')) {
        const place = { start: origin.offset + start, end: origin.offset + end };
        list.push({ text, source: { line: origin.line + line - 1, ...place } });
      } else if (text.startsWith(' ') && last !== undefined) {
        last.text += text;
        last.source.end = origin.offset + end;
      } else {
        const expected = 'a note';
        diagnostics.add({ severity: 'error', line, lineStart: start, start, end, expected });
      }
    }
    const rows = { length: list.length, at: (row: number): Note => list[row] as Note };
    return {
      ...rows,
      diagnostics: diagnostics.all(),
      [Symbol.iterator]: () => iterateRows(rows) as Iterator<Note, undefined>,
    };
  },
  startsRecord: (bytes, start) => bytes[start] === 0x2d,
};

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(
  bytes: Uint8Array,
  size: number,
  parser: BlockParser<Note> = notes,
): Promise<{ rows: Note[]; said: Diagnostic[] }> {
  const rows: Note[] = [];
  const said: Diagnostic[] = [];
  const options = { onDiagnostic: (d: Diagnostic) => said.push(d) };
  for await (const row of streamRecords(chunked(bytes, size), parser, options)) rows.push(row);
  return { rows, said };
}

/** About `bytes` of notes of one to three lines, with a line that is none here and there. */
function sample(bytes: number, newline = '\n'): string {
  const lines: string[] = [];
  let length = 0;
  for (let n = 0; length < bytes; n++) {
    lines.push(`- note ${n} ${'x'.repeat(n % 97)}`);
    if (n % 3 === 0) lines.push(`  more of ${n}`, '  é');
    if (n % 500 === 0) lines.push('neither');
    length += 60;
  }
  return `${lines.join(newline)}${newline}`;
}

describe('streamRecords', () => {
  it.each(['\n', '\r\n'])(
    'gives the records of a whole parse, chunks of any size (%j)',
    async (nl) => {
      const input = toBytes(sample(2_600_000, nl));
      const whole = notes.parse(input, WHOLE_INPUT);
      const size = fc.oneof(
        fc.integer({ min: 50, max: 5000 }),
        fc.integer({ min: 5000, max: 4_000_000 }),
      );
      await fc.assert(
        fc.asyncProperty(size, async (bytes) => {
          const { rows, said } = await collect(input, bytes);
          expect(rows).toEqual([...whole]);
          expect(said).toEqual(whole.diagnostics);
        }),
        { numRuns: 5 },
      );
    },
  );

  it('gives the records of a whole parse byte by byte', async () => {
    const input = toBytes(sample(3000).slice(0, -3));
    const whole = notes.parse(input, WHOLE_INPUT);
    expect((await collect(input, 1)).rows).toEqual([...whole]);
  });

  it.each([1, 3, 10])(
    'keeps what follows an oversized line of %d MiB, and its place',
    async (n) => {
      const before = sample(200_000);
      const text = `${before}- long ${'x'.repeat(n << 20)}\n- after\n  that\nneither\n${sample(1_500_000)}`;
      const input = toBytes(text);
      const whole = notes.parse(input, WHOLE_INPUT);
      for (const size of [4096, 65_536, 700_001, input.length]) {
        const { rows, said } = await collect(input, size);
        expect(rows).toEqual([...whole]);
        expect(said.map((d) => [d.severity, d.line, d.column, d.start])).toEqual(
          whole.diagnostics.map((d) => [d.severity, d.line, d.column, d.start]),
        );
      }
      const after = text.split('\n').indexOf('- after');
      const record = [...whole].find((note) => note.text === '- after  that');
      expect(record?.source.line).toBe(after + 1);
      expect(decodeText(input, record?.source.start ?? 0, record?.source.end ?? 0)).toBe(
        '- after\n  that',
      );
    },
  );

  it('keeps what stands between two oversized lines', async () => {
    const long = `- ${'x'.repeat(MAX_LINE_BYTES + 5)}`;
    const input = toBytes(`${long}\n- a\n${long}\n${long}\n- b\n${long}`);
    for (const size of [1000, 300_000, input.length]) {
      const { rows, said } = await collect(input, size);
      expect(rows.map(({ text, source }) => [text, source.line])).toEqual([
        ['- a', 2],
        ['- b', 5],
      ]);
      expect(said.map(({ line }) => line)).toEqual([1, 3, 4, 6]);
    }
  });

  it('does not cut a record that is longer than a block', async () => {
    const lines = Array.from({ length: 60_000 }, (_, n) => `  line ${n} of a long note`);
    const input = toBytes(`- one\n- two\n${lines.join('\n')}\n- three\n`);
    const { rows, said } = await collect(input, 65_536);
    expect(rows.map(({ text }) => text.slice(0, 7))).toEqual(['- one', '- two  ', '- three']);
    expect(rows[1]?.text).toContain('line 59999');
    expect(said).toEqual([]);
  });

  it('hands a document over in one piece', async () => {
    const blocks: number[] = [];
    const document: BlockParser<Note> = {
      ...notes,
      isDocument: (bytes) => bytes[0] === 0x7b,
      parse: (bytes, origin) => {
        blocks.push(bytes.length);
        return notes.parse(bytes, origin);
      },
    };
    const input = toBytes(`{\n${sample(3_000_000)}}`);
    await collect(input, 65_536, document);
    expect(blocks).toEqual([input.length]);
  });

  it('gives a record before it asks for more than a block or two of input', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      const chunk = toBytes(sample(100_000));
      for (;;) {
        taken += chunk.length;
        yield chunk;
      }
    }
    for await (const row of streamRecords(endless(), notes)) {
      expect(row.source.line).toBe(1);
      break;
    }
    expect(taken).toBeLessThan(4 << 20);
  });

  it('gives nothing for nothing', async () => {
    expect(await collect(new Uint8Array(), 1)).toEqual({ rows: [], said: [] });
  });

  it('is an iterable of records', () => {
    expectTypeOf(streamRecords<Note>).returns.toExtend<AsyncIterable<Note>>();
    expect(typeof streamRecords).toBe('function');
  });
});
