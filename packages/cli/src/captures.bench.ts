import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateCapture } from './testing/generate-capture.ts';
import { isInstalled, measureProgram } from './testing/measure-program.ts';
import { trackCapture } from './testing/track-capture.ts';
import { CHUNK, type TrackedFile } from './testing/tracked-file.ts';

/** A program that reads captures, beside which columns and conversations are timed. */
interface Rival {
  readonly command: readonly string[];
  /** How many times its rate is asked for. */
  readonly target: number;
  readonly runs: number;
  /** It is given the first packets alone; what it takes for all of them is reckoned from that. */
  readonly isScaled: boolean;
}

/** Files with all packets, with the first of them, and with none. */
interface Files {
  readonly all: string;
  readonly few: string;
  readonly none: string;
}

/** The last sum, kept where all can see it: no engine may skip the loop. */
export const kept: { sum: number } = { sum: 0 };

const PACKETS = 5_000_000;
const FEW = 500_000;
const SHAPE = { connections: 50_000, payload: 20, clients: 3000 };
const RUNS = 8;
/** Bytes that are kept of a conversation and its flow. */
const INDEX = 128;
/** tshark needs minutes and gigabytes for all packets. */
const isWhole = process.argv.includes('--whole');
const RIVALS: readonly Rival[] = [
  { command: ['capinfos', '-c'], target: 0.6, runs: 5, isScaled: false },
  { command: ['tcpdump', '-nn', '-q', '-r'], target: 15, runs: 1, isScaled: false },
  { command: ['tshark', '-q', '-z', 'conv,tcp', '-r'], target: 100, runs: 1, isScaled: !isWhole },
];

const folder = mkdtempSync(join(tmpdir(), 'tuplescope-bench-'));
try {
  const files = {
    all: write('all.pcap', PACKETS),
    few: write('few.pcap', FEW),
    none: write('none.pcap', 0),
  };
  console.log(
    `captures: ${count(PACKETS)} packets, ${count(SHAPE.connections)} connections at a time; CPU ` +
      'seconds of user and system, the least of several runs, what is compared in turn',
  );
  await compareWithLoop(files.all);
  const { peak } = printFile(files.all);
  printFile(files.few);
  for (const rival of RIVALS) await compareWithProgram(rival, files, peak);
} finally {
  rmSync(folder, { recursive: true });
}

/** Columns and conversations of bytes in memory, beside the plain loop over the same bytes. */
async function compareWithLoop(path: string): Promise<void> {
  const bytes = readFileSync(path);
  let loop = Number.POSITIVE_INFINITY;
  let own = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    loop = Math.min(loop, await time(() => sumOf(bytes)));
    own = Math.min(own, await time(() => trackCapture(piecesOf(bytes))));
  }
  console.log(
    `columns and conversations of ${mb(bytes.length)} in memory: ${s(own)}; s += bytes[i]: ${s(loop)}; ` +
      `${(loop / own).toFixed(2)} of its rate (target 0.6)`,
  );
}

/** Columns and conversations from the file, beside a program that reads the file. */
async function compareWithProgram(rival: Rival, files: Files, ownPeak: number): Promise<void> {
  const { command, target, runs, isScaled } = rival;
  const [program = ''] = command;
  if (!isInstalled(program)) {
    console.log(`${program}: not installed, so not compared`);
    return;
  }
  const times = isScaled ? PACKETS / FEW : 1;
  const start = await measureProgram([...command, files.none]);
  let own = Number.POSITIVE_INFINITY;
  let seconds = Number.POSITIVE_INFINITY;
  let peak = 0;
  for (let run = 0; run < runs; run++) {
    own = Math.min(own, ...trackFile(files.all, RUNS).seconds);
    const measured = await measureProgram([...command, isScaled ? files.few : files.all]);
    seconds = Math.min(seconds, (measured.seconds - start.seconds) * times);
    peak = Math.max(peak, start.peak + (measured.peak - start.peak) * times);
  }
  const scaled = isScaled ? `, reckoned from the first ${count(FEW)} packets` : '';
  console.log(
    `columns and conversations of the file: ${s(own)}; ${command.join(' ')}: ${s(seconds)} after its ` +
      `start${scaled}; ${(seconds / own).toFixed(2)} times its rate (target ${target})`,
  );
  if (program !== 'tshark') return;
  const share = peak > 0 ? `${mb(peak)}${scaled}; ${(ownPeak / peak).toFixed(2)} of it` : 'unknown';
  console.log(
    `peak memory: ${mb(ownPeak)} (target: below 300); tshark's: ${share} (target: below 0.1)`,
  );
}

/** What a file takes: of time when its process has read it before, of memory when it has not. */
function printFile(path: string): TrackedFile {
  const once = trackFile(path, 1);
  const { packets, conversations, peak, seconds } = once;
  const again = Math.min(...trackFile(path, RUNS).seconds);
  const each = (again / packets) * 1e9;
  console.log(
    `the file of ${count(packets)} packets: ${s(again)}, ${each.toFixed(0)} ns a packet (in a ` +
      `process's first run ${s(seconds[0] as number)}); peak memory ${mb(peak)}, ` +
      `${mb(peak - conversations * INDEX)} besides ${count(conversations)} conversations`,
  );
  return once;
}

function write(name: string, packets: number): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  for (const chunk of generateCapture({ ...SHAPE, packets })) writeSync(file, chunk);
  closeSync(file);
  return path;
}

/** Reads a file in a process of its own, which has nothing else in memory. */
function trackFile(path: string, runs: number): TrackedFile {
  const child = fileURLToPath(new URL('testing/track-file.ts', import.meta.url));
  const command = [...process.execArgv, child, path, String(runs)];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' }));
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function sumOf(bytes: Uint8Array): void {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes[i] as number;
  kept.sum = sum;
}

/** CPU seconds: others may be at work on this machine. */
async function time(work: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function s(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
