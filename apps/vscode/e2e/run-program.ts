import { spawn } from 'node:child_process';

/** Runs a program to its end and gives what it printed. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  folder: string,
): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { cwd: folder, env: environment() });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}

/** The variables of the process, without those by which one package manager steers the next. */
export function environment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_|VITEST)/.test(name),
  );
  return { ...Object.fromEntries(entries), EXTENSIONS_GALLERY: '{}' };
}
