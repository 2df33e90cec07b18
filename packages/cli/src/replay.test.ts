import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

const VECTORS = fileURLToPath(new URL('../fixtures/5.19.0.jsonl', import.meta.url));

function written(name: string, content: string | Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tuplescope-replay-')), name);
  writeFileSync(file, content);
  return file;
}

describe('replay', () => {
  it('finds no mismatch between the model and the kernel that was recorded', async () => {
    const { code, stdout } = await runCommand(['replay', VECTORS, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).files).toEqual([
      {
        file: VECTORS,
        kernel: '5.19.0',
        profile: 'mainline-5.19',
        sequences: 4,
        packets: expect.any(Number),
        mismatches: 0,
        first: null,
      },
    ]);
  });

  it('reads gzip and says the same', async () => {
    const packed = written('5.19.0.jsonl.gz', gzipSync(readFileSync(VECTORS)));
    const { code, stdout } = await runCommand(['replay', packed, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).files[0].sequences).toBe(4);
  });

  it('reports a corrupted expectation: sequence, packet, both sides and the rule', async () => {
    const [line = ''] = readFileSync(VECTORS, 'utf8').split('\n');
    const sequence = JSON.parse(line);
    const at = sequence.packets.findIndex(
      (step: { op: string; entry: object | null }) => step.op === 'pkt' && step.entry !== null,
    );
    const { state } = sequence.packets[at].entry;
    sequence.packets[at].entry.state = 'LAST_ACK';
    const file = written('corrupt.jsonl', `${JSON.stringify(sequence)}\n`);
    const { code, stdout } = await runCommand(['replay', file, '--format', 'json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).files[0]).toMatchObject({
      mismatches: 1,
      first: {
        sequence: sequence.seed,
        packet: at,
        field: 'entry.state',
        recorded: 'LAST_ACK',
        modelled: state,
        rule: expect.any(String),
      },
    });
    const text = await runCommand(['replay', file]);
    expect(text.stdout).toContain('recorded "LAST_ACK"');
    expect(text.stdout).toContain(`modelled "${state}"`);
  });

  it('takes another profile by name, and then differs', async () => {
    const { stdout } = await runCommand([
      'replay',
      VECTORS,
      '--profile',
      '5.4.59',
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout).files[0].profile).toBe('mainline-5.4');
  });

  it('names the candidates of a kernel that fits no profile', async () => {
    const { code, stderr } = await runCommand(['replay', VECTORS, '--profile', '5.14.0-70.el9']);
    expect(code).toBe(2);
    expect(stderr).toContain('no profile fits "5.14.0-70.el9"');
    expect(stderr).toContain('Candidates: ');
  });

  it.each([
    ['not-json.jsonl', 'tcp 6\n'],
    ['no-sequence.jsonl', '{"a":1}\n'],
    ['not-gzip.jsonl.gz', 'tcp 6\n'],
    ['empty.jsonl', ''],
  ])('ends with a clear message for %s', async (name, content) => {
    const { code, stderr, stdout } = await runCommand(['replay', written(name, content)]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each(['missing.jsonl', 'missing.jsonl.gz'])('says that it cannot read %s', async (name) => {
    const { code, stderr } = await runCommand(['replay', name]);
    expect(code).toBe(2);
    expect(stderr).toBe(`tuplescope: cannot read ${name}: there is no such file or folder\n`);
  });

  it('refuses to write its answer over the vectors', async () => {
    const file = written('vectors.jsonl', readFileSync(VECTORS));
    const { code, stderr } = await runCommand(['replay', file, '--output', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('is an input too');
    expect(readFileSync(file)).toEqual(readFileSync(VECTORS));
  });
});
