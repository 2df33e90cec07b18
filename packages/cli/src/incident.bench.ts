import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateCapture } from './testing/generate-capture.ts';
import { generateEntries, generateSockets } from './testing/generate-incident.ts';
import { measureProgram } from './testing/measure-program.ts';

/**
 * `analyze` on one incident with 500,000 sockets, 1,000,000 entries and a capture of 500 MB, beside
 * what the parsers take for the same files, each in a process of its own. A proxy holds one stale
 * socket in it.
 */
const SOCKETS = 500_000;
const ENTRIES = 1_000_000;
const CAPTURE = { packets: 5_000_000, connections: 50_000, payload: 20, clients: 3000 };
const RUNS = 3;

const folder = mkdtempSync(join(tmpdir(), 'tuplescope-bench-'));
try {
  const files = { ss: 'ss.txt', conntrack: 'conntrack-L.txt', pcap: 'eth0.pcap' };
  write(files.ss, generateSockets(SOCKETS));
  write(files.conntrack, generateEntries(ENTRIES));
  write(files.pcap, generateCapture(CAPTURE));

  const bin = fileURLToPath(new URL('bin.ts', import.meta.url));
  const command = [process.execPath, ...process.execArgv, bin];
  const start = await measureProgram([...command, '--version']);
  const [report, progress] = [`${folder}.report.txt`, `${folder}.progress.txt`];
  const analyze = `exec "$@" analyze ${folder} --progress --fail-on never --output ${report} 2> ${progress}`;
  let own = Number.POSITIVE_INFINITY;
  let parsers = Number.POSITIVE_INFINITY;
  let peak = 0;
  for (let run = 0; run < RUNS; run++) {
    rmSync(report, { force: true });
    const measured = await measureProgram(['sh', '-c', analyze, 'sh', ...command]);
    own = Math.min(own, measured.seconds - start.seconds);
    peak = Math.max(peak, measured.peak);
    const alone = Object.entries(files).map(([kind, name]) => parse(kind, at(name)));
    parsers = Math.min(
      parsers,
      alone.reduce((sum, seconds) => sum + seconds, 0),
    );
  }
  const steps = readFileSync(progress, 'utf8').split('\r').length - 1;
  const [first = ''] = readFileSync(report, 'utf8').split('\n');
  console.log(
    `analyze of ${n(SOCKETS)} sockets, ${n(ENTRIES)} entries, ${n(CAPTURE.packets)} packets: ` +
      `${own.toFixed(1)} s after its start; the parsers alone ${parsers.toFixed(1)} s; ` +
      `${(own / parsers).toFixed(2)} times that (target: at most 2)\n` +
      `peak memory ${(peak / 1e6).toFixed(0)} MB (target: below 1500); ${steps} lines of progress; ` +
      `found: ${first.trim()}`,
  );
  for (const path of [report, progress]) rmSync(path);
} finally {
  rmSync(folder, { recursive: true });
}

function write(name: string, pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(at(name), 'w');
  for (const piece of pieces) writeFileSync(file, piece);
  closeSync(file);
}

function at(name: string): string {
  return join(folder, name);
}

/** Reads a file with its parser alone, in a process of its own; gives CPU seconds. */
function parse(kind: string, path: string): number {
  const child = fileURLToPath(new URL('testing/read-file-alone.ts', import.meta.url));
  return Number(execFileSync(process.execPath, [...process.execArgv, child, kind, path]));
}

function n(count: number): string {
  return count.toLocaleString('en');
}
