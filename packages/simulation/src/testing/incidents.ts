import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import { type Profile, profileFor } from '@tuplescope/kernel-model';
import { isScene, makeScene } from '../make-scene.ts';
import type { Scene } from '../scene.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The names of all recorded incidents. */
export const RECORDINGS: readonly string[] = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length))
  .sort();

/** Reads the files of a recorded incident. */
export function recording(name: string): CapturedFile[] {
  const parts = readFileSync(`${FIXTURES}${name}.txt`, 'utf8').split(/^==> (.*) <==\n/m);
  const files: CapturedFile[] = [];
  for (let i = 1; i < parts.length; i += 2) {
    files.push(file(parts[i] as string, (parts[i + 1] as string).replace(/\n$/, '')));
  }
  return files;
}

/** The packets of 5.19.0-case1 as capture files. */
export function pcaps(): CapturedFile[] {
  return ['lo.pcap', 'eth0.pcap'].map((path) => ({
    path,
    bytes: readFileSync(`${FIXTURES}pcap/${path}`),
  }));
}

/** Makes a file of text. */
export function file(path: string, text: string): CapturedFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** Rewrites the text of every file, as if the same had happened in another pod. */
export function rewrite(
  files: readonly CapturedFile[],
  change: (text: string, path: string) => string,
): CapturedFile[] {
  return files.map(({ path, bytes }) => file(path, change(new TextDecoder().decode(bytes), path)));
}

/** Leaves files out by their names. */
export function without(files: readonly CapturedFile[], names: RegExp): CapturedFile[] {
  return files.filter(({ path }) => !names.test(path));
}

/** Reads files that are about one network namespace. */
export function incidentOf(files: readonly CapturedFile[]): Incident {
  const [incident, ...others] = readIncidents(files);
  if (incident === undefined || others.length > 0) throw new Error('expected one incident');
  return incident;
}

/** Makes the scene of files that have one. */
export function sceneOf(files: readonly CapturedFile[], port?: number): Scene {
  const scene = makeScene(incidentOf(files), port);
  if (!isScene(scene)) throw new Error(scene.problem);
  return scene;
}

/** Finds a profile that there is. */
export function profileOf(name: string): Profile {
  const { profile } = profileFor(name);
  if (profile === null) throw new Error(`no profile ${name}`);
  return profile;
}

/** The same pod with IPv6 addresses, as each tool would have printed them. */
export function asIpv6(text: string, path: string): string {
  const isSs = path.includes('ss-');
  const write = (address: string): string => (isSs ? `[${address}]` : address);
  return text
    .replaceAll('172.29.73.7', write('fd00:29::7'))
    .replaceAll('172.21.206.198', write('fd00:21::198'))
    .replaceAll('127.0.0.1/32', '::1/128')
    .replaceAll('127.0.0.1', write('::1'))
    .replaceAll('iptables-save', 'ip6tables-save')
    .replaceAll(
      /IP \(tos 0x0, ttl (\d+), id \d+, offset 0, flags \[DF\], proto TCP \(6\), length (\d+)\)/g,
      (_, ttl: string, length: string) =>
        `IP6 (hlim ${ttl}, next-header TCP (6) payload length: ${Number(length) - 20})`,
    );
}
