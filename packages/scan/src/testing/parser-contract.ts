import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceSpan } from '../source-span.ts';
import type { StreamOptions } from '../stream-records.ts';
import type { Table } from '../table.ts';
import { decodeText, toBytes } from '../text.ts';

/** What the shared suite needs to know of a parser. */
export interface ParserContract<Row extends { readonly source: SourceSpan }> {
  /** The parser's name, for the suite's title. */
  readonly name: string;
  readonly parse: (input: string | Uint8Array) => Table<Row>;
  readonly stream: (
    chunks: AsyncIterable<Uint8Array>,
    options?: StreamOptions,
  ) => AsyncIterable<Row>;
  /** A real capture with several records, a line a record, that parses without an error. */
  readonly sample: string;
  /** One of the record lines of the sample, and the same line damaged so that it is no record. */
  readonly damage: readonly [line: string, damaged: string];
  /** Input that invites quadratic work, of about this many bytes. */
  readonly worstCase: (bytes: number) => string;
}

/** The promises of every parser: one suite, run over each, so that who knows one knows all. */
export function describeParserContract<Row extends { readonly source: SourceSpan }>(
  contract: ParserContract<Row>,
): void {
  const { name, parse, stream, sample, damage, worstCase } = contract;
  const rows = (input: string | Uint8Array): Row[] => [...parse(input)];
  const unplaced = (list: readonly Row[]): unknown[] => list.map(({ source: _, ...row }) => row);

  describe(`${name} keeps the parser contract`, () => {
    it('reads the sample without an error', () => {
      const table = parse(sample);
      expect(table.length).toBeGreaterThan(1);
      expect(table.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    });

    it('gives the same records for a string and for its bytes', () => {
      expect(rows(toBytes(sample))).toEqual(rows(sample));
    });

    it('gives the same records with CR LF line ends and with a byte order mark', () => {
      const expected = unplaced(rows(sample));
      expect(unplaced(rows(sample.replaceAll('\n', '\r\n')))).toEqual(expected);
      expect(unplaced(rows(`\ufeff${sample}`))).toEqual(expected);
    });

    it('points each record at its own bytes, in the order of the input', () => {
      const bytes = toBytes(sample);
      let last = 0;
      for (const { source } of parse(sample)) {
        expect(source.start).toBeGreaterThanOrEqual(last);
        expect(source.end).toBeGreaterThan(source.start);
        expect(source.end).toBeLessThanOrEqual(bytes.length);
        const before = decodeText(bytes, 0, source.start);
        expect(before.split('\n').length).toBe(source.line);
        last = source.end;
      }
    });

    it('answers at(i) as it iterates, and refuses rows that are not there', () => {
      const table = parse(sample);
      expect([...table].map((_, i) => table.at(i))).toEqual([...table]);
      expect(() => table.at(-1)).toThrow(RangeError);
      expect(() => table.at(table.length)).toThrow(RangeError);
      expect(() => table.at(0.5)).toThrow(RangeError);
    });

    it('loses a damaged line only, and says so with its place', () => {
      const [line, damaged] = damage;
      const at = sample.indexOf(line);
      expect(at).toBeGreaterThanOrEqual(0);
      const hurt = sample.replace(line, () => damaged);
      const lineNumber = sample.slice(0, at).split('\n').length;
      const others = rows(sample).filter(({ source }) => source.line !== lineNumber);
      const table = parse(hurt);
      expect(unplaced([...table])).toEqual(unplaced(others));
      const complaint = table.diagnostics.find((d) => d.line === lineNumber);
      expect(complaint?.message).toMatch(/^expected .+, found .+/s);
      expect(complaint?.column).toBeGreaterThanOrEqual(1);
    });

    it('streams the records and diagnostics of the whole input, whatever the chunks', async () => {
      const [line, damaged] = damage;
      const input = toBytes(`${sample}${sample.replace(line, () => damaged)}`);
      const whole = parse(input);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 4096 }), async (size) => {
          const streamed: Row[] = [];
          const said: unknown[] = [];
          const options = { onDiagnostic: (d: unknown) => said.push(d) };
          for await (const row of stream(chunked(input, size), options)) streamed.push(row);
          expect(streamed).toEqual([...whole]);
          expect(said).toEqual(whole.diagnostics);
        }),
        { numRuns: 8 },
      );
    });

    it('streams an input of many blocks as it parses it whole', async () => {
      const piece = sample.endsWith('\n') ? sample : `${sample}\n`;
      const input = toBytes(piece.repeat(Math.ceil(2_500_000 / piece.length)));
      const whole = parse(input);
      let row = 0;
      // Compared row by row: one comparison of all the rows would take longer than the parsing.
      for await (const streamed of stream(chunked(input, 65_536))) {
        const parsed = row < whole.length ? whole.at(row) : undefined;
        if (!isDeepStrictEqual(streamed, parsed)) expect(streamed).toEqual(parsed);
        row++;
      }
      expect(row).toBe(whole.length);
    });

    it('never throws, whatever the bytes', () => {
      const pieces = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ maxLength: 200 }).map(toBytes),
        mutated(toBytes(sample.slice(0, 20_000))),
      );
      fc.assert(
        fc.property(pieces, (bytes) => {
          for (const row of parse(bytes)) expect(row.source.end).toBeLessThanOrEqual(bytes.length);
        }),
        { numRuns: 300 },
      );
    });

    it('takes empty input, NUL bytes, a cut character and a line without end', () => {
      expect(parse('').length).toBe(0);
      expect(parse('\0\0\n\0').length).toBe(0);
      expect(parse(new Uint8Array([0xe2, 0x82])).length).toBe(0);
      const endless = parse('x'.repeat(3 << 20));
      expect(endless.length).toBe(0);
      expect(endless.diagnostics.length).toBe(1);
      expect(endless.diagnostics[0]?.found.length).toBeLessThan(200);
    });

    it('takes time in proportion to the input', () => {
      // The ratio of 16 times the input: 16 where the time is linear, 256 where it is quadratic.
      const small = worstCase(20_000);
      const large = worstCase(320_000);
      expect(fastest(() => parse(large)) / fastest(() => parse(small))).toBeLessThan(100);
    });
  });
}

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A real capture with a few bytes overwritten, and perhaps its end cut off. */
function mutated(sample: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: Math.max(0, sample.length - 1) });
  const changes = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 12 });
  return fc.tuple(changes, place, fc.boolean()).map(([list, end, cuts]) => {
    const bytes = sample.slice();
    for (const [at, byte] of list) bytes[at] = byte;
    return cuts ? bytes.subarray(0, end) : bytes;
  });
}

function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const begin = performance.now();
    work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}
