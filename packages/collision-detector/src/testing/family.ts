import type { CapturedFile } from '@tuplescope/incident';
import type { Family, Finding } from '../finding.ts';
import { detect, recording } from './recordings.ts';

/** Gives what is found of one family in some files. */
export function findingsOf(family: Family, files: readonly CapturedFile[]): Finding[] {
  return detect(files).findings.filter((finding) => finding.family === family);
}

/** `past certain 25058`: what is found of one family, in short. */
export function shortOf(family: Family, files: readonly CapturedFile[]): string[] {
  const found = findingsOf(family, files);
  return found.map(({ state, confidence, ports }) => `${state} ${confidence} ${ports}`).sort();
}

/** Reads the files of a recording whose paths contain one of these texts. */
export function partOf(name: string, ...texts: readonly string[]): CapturedFile[] {
  return recording(`recordings/${name}`).filter(({ path }) =>
    texts.some((text) => path.includes(text)),
  );
}
