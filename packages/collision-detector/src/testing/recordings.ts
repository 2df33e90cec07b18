import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CapturedFile, readIncidents } from '@tuplescope/incident';
import { type Detection, detectCollisions } from '../detect-collisions.ts';
import type { Family } from '../finding.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** Reads a fixture: a file, or all files of a folder. */
export function recording(path: string): CapturedFile[] {
  return filesUnder(join(FIXTURES, path));
}

function filesUnder(path: string): CapturedFile[] {
  if (statSync(path).isFile()) {
    return [{ path: relative(FIXTURES, path), bytes: readFileSync(path) }];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** Makes a file of text. */
export function file(path: string, text: string): CapturedFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** Rewrites the text of every file, as if the same had happened in another pod; a .pcap is no text. */
export function rewrite(
  files: readonly CapturedFile[],
  change: (text: string, path: string) => string,
): CapturedFile[] {
  return files.map((whole) =>
    whole.path.endsWith('.pcap')
      ? whole
      : file(whole.path, change(new TextDecoder().decode(whole.bytes), whole.path)),
  );
}

/** Detects in files that are about one network namespace. */
export function detect(files: readonly CapturedFile[]): Detection {
  const [incident, ...others] = readIncidents(files);
  if (incident === undefined || others.length > 0) {
    throw new Error(
      `expected one incident, found ${incident === undefined ? 0 : others.length + 1}`,
    );
  }
  return detectCollisions(incident);
}

/** What the tables call the two families that most of their rows are about. */
const SHORT: Partial<Record<Family, string>> = {
  'half-closed-leak': 'leak',
  'outbound-port-collision': 'collision',
};

/** `collision past 44410 envoy-sim`: what a row of the tests' tables says of a finding. */
export function told({ findings }: Detection): string[] {
  return findings
    .map(({ family, state, ports, process }) => {
      return `${SHORT[family] ?? family} ${state} ${ports.join()} ${process[0]?.name ?? '-'}`;
    })
    .sort();
}

/** `active certain`: what is said of one family in files that are about one network namespace. */
export function saidOf(family: Family, files: readonly CapturedFile[]): string[] {
  return detect(files)
    .findings.filter((finding) => finding.family === family)
    .map(({ state, confidence }) => `${state} ${confidence}`);
}
