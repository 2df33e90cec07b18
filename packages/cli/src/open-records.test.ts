import { decodeText } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { openInput } from './input.ts';
import { openRecords, WHOLE_BYTES } from './open-records.ts';
import { PARSE_KINDS, type ParseKind } from './parse-kind.ts';

const LINE =
  'tcp      6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=80 [UNREPLIED] ' +
  'src=127.0.0.1 dst=10.0.0.1 sport=15001 dport=44410 mark=0 use=1\n';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function open(kind: string, bytes: Uint8Array, headBytes = WHOLE_BYTES) {
  const input = await openInput(pieces(bytes, 100_000), headBytes);
  const messages: string[] = [];
  const read = await openRecords(PARSE_KINDS[kind] as ParseKind, 'input', input, {
    utcOffsetHours: 0,
    all: false,
    onDiagnostic: ({ line, message }) => messages.push(`${line}: ${message}`),
  });
  const records: unknown[] = [];
  if (read.isRecognized) for await (const record of read.records) records.push(record);
  return { read, records, messages };
}

describe('openRecords', () => {
  const text = Buffer.from(`${LINE.repeat(4000)}oops\n${LINE.repeat(10)}`);

  it.each(['auto', 'conntrack'])(
    'streams what is long as %s, with the same records',
    async (kind) => {
      const whole = await open(kind, text);
      const streamed = await open(kind, text, 1 << 16);
      expect(whole.records).toHaveLength(4010);
      expect(streamed.records).toEqual(whole.records);
      expect(streamed.messages).toEqual(whole.messages);
      expect(whole.messages).toHaveLength(1);
    },
  );

  it('says what a long input is that is not of the kind asked for', async () => {
    const { read } = await open('nstat', text, 1 << 16);
    expect(read).toEqual({ isRecognized: false, why: 'it looks like conntrack' });
  });

  it('keeps complaints back until a record shows that the kind is right', async () => {
    const wrong = await open('nstat', text);
    const right = await open('conntrack', Buffer.from(`${'oops\n'.repeat(20_000)}${LINE}`));
    expect(wrong.messages).toEqual([]);
    expect(right.records).toHaveLength(1);
    expect(right.messages[0]).toMatch(/^1: expected .*, found "oops"$/);
  });
});

describe('openInput', () => {
  const bytes = Buffer.from('abcdefgh');
  const read = async (headBytes: number): Promise<[string, boolean, string]> => {
    const input = await openInput(pieces(bytes, 3), headBytes);
    let all = '';
    for await (const chunk of input.chunks()) all += decodeText(chunk, 0, chunk.length);
    return [String(input.head), input.isWhole, all];
  };

  it('reads a head and gives the whole again', async () => {
    expect(await read(2)).toEqual(['abc', false, 'abcdefgh']);
    expect(await read(3)).toEqual(['abcdef', false, 'abcdefgh']);
    expect(await read(8)).toEqual(['abcdefgh', true, 'abcdefgh']);
  });

  it('lets go of the source when it is closed', async () => {
    let isClosed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield bytes;
      } finally {
        isClosed = true;
      }
    }
    const input = await openInput(source(), 10);
    await input.close();
    expect(isClosed).toBe(true);
  });
});
