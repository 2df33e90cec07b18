import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import { type Profile, profileFor } from '@tuplescope/kernel-model';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** Names of the recorded incidents, as `5.19.0-case1`. */
export const INCIDENTS: readonly string[] = readdirSync(FIXTURES).filter((name) =>
  /^\d.*-case\d/.test(name),
);

/** Reads a fixture as an incident, of its files those whose names fit. */
export function readRecording(name: string, only: RegExp = /./): Incident {
  const files = filesUnder(join(FIXTURES, name)).filter(({ path }) => only.test(path));
  const [incident] = readIncidents(files);
  if (incident === undefined) throw new Error(`nothing was read from ${name}`);
  return incident;
}

/** Reads one file of a fixture as text. */
export function readText(path: string): string {
  return readFileSync(join(FIXTURES, path), 'utf8');
}

/** The kernel that a recording was made on, by the folder's name. */
export function kernelOf(name: string): Profile {
  return profileNamed(name.replace(/-case\d.*$/, ''));
}

/** Finds a profile by its id or an expression. */
export function profileNamed(name: string): Profile {
  const { profile } = profileFor(name);
  if (profile === null) throw new Error(`no profile is called ${name}`);
  return profile;
}

function filesUnder(path: string): CapturedFile[] {
  if (statSync(path).isFile()) {
    return [{ path: relative(FIXTURES, path).replace(/^[^/]+\//, ''), bytes: readFileSync(path) }];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
