#!/usr/bin/env node
import process from 'node:process';
import { run } from './run.ts';

// Whoever writes is told of the error; without a listener it would end the process with a trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});

// A writer that is still there must not keep a command alive that has seen enough.
process.stdin.destroy();
