import { closeSync, openSync, readSync } from 'node:fs';
import { peakOfProcess } from './peak-of-process.ts';
import { trackCapture } from './track-capture.ts';
import { CHUNK, type TrackedFile } from './tracked-file.ts';

/** Reads a file into the same memory again and again: each chunk is gone when the next is asked for. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(CHUNK);
  for (;;) {
    const length = readSync(file, buffer);
    if (length === 0) break;
    yield buffer.subarray(0, length);
  }
  closeSync(file);
}

const [path = '', runs = '1'] = process.argv.slice(2);
const seconds: number[] = [];
let tracked = { packets: 0, conversations: 0 };
for (let run = 0; run < Number(runs); run++) {
  const begin = process.cpuUsage();
  tracked = await trackCapture(chunksOf(path));
  const { user, system } = process.cpuUsage(begin);
  seconds.push((user + system) / 1e6);
}
const peak = peakOfProcess('self') || process.resourceUsage().maxRSS * 1024;
const result: TrackedFile = { ...tracked, seconds, peak };
process.stdout.write(JSON.stringify(result));
