import { readFileSync } from 'node:fs';
import { type Diagnostic, toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { parseTcpdump } from './parse-tcpdump.ts';
import { streamTcpdump } from './stream-tcpdump.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';

/** Several blocks of text, given in chunks that end anywhere. */
function manyBlocks(name: string): Uint8Array {
  const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
  return toBytes(text.repeat(Math.ceil(2.5e6 / text.length)));
}

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 99_991) yield bytes.subarray(at, at + 99_991);
}

describe('streamTcpdump', () => {
  it.each(['forms-v.txt', 'forms-X.txt', 'forms-A.txt', 'forms-number-ttt.txt', 'old.txt'])(
    'gives of %s what parseTcpdump gives, blocks apart',
    async (name) => {
      const bytes = manyBlocks(name);
      const whole = parseTcpdump(bytes);
      const said: Diagnostic[] = [];
      const streamed: TcpdumpSegment[] = [];
      const options = { onDiagnostic: (diagnostic: Diagnostic) => said.push(diagnostic) };
      for await (const segment of streamTcpdump(chunked(bytes), options)) streamed.push(segment);
      expect(streamed.length).toBe(whole.length);
      // One comparison a record would take longer than all the parsing.
      expect(JSON.stringify(streamed)).toBe(JSON.stringify([...whole]));
      expect(said.at(-1)).toEqual(whole.diagnostics.at(-1));
    },
  );

  it('reads dates in the zone that the caller names', async () => {
    const line =
      '2023-02-04 16:47:16.5 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 5, win 1, length 0';
    const records: TcpdumpSegment[] = [];
    for await (const record of streamTcpdump(chunked(toBytes(line)), { utcOffsetHours: 8 })) {
      records.push(record);
    }
    expect(records.map(({ at }) => at)).toEqual([Date.UTC(2023, 1, 4, 8, 47, 16, 500) / 1000]);
  });
});
