import { readdirSync, readFileSync } from 'node:fs';
import { type Incident, readIncidents } from '@tuplescope/incident';
import type { ExplanationReport } from '../explanation/explanation-report.ts';
import { makeExplanationReport } from '../explanation/make-explanation-report.ts';

/** Names of the recorded incidents. */
export type Recording =
  | '5.19.0-case1'
  | '5.10.262-case1'
  | '6.1.192-without-challenge-ack-fix-case1';

/** Reads a recorded incident. */
export function recordedIncidents(name: Recording): Incident[] {
  const folder = new URL(`../../fixtures/${name}/`, import.meta.url);
  const files = readdirSync(folder)
    .sort()
    .map((path) => ({ path, bytes: readFileSync(new URL(path, folder)) }));
  return readIncidents(files);
}

const explained = new Map<Recording, ExplanationReport>();

/** Explains the packets of a recorded incident by the kernel that its uname names; once for all tests. */
export function explainRecording(name: Recording): ExplanationReport {
  const known = explained.get(name);
  if (known !== undefined) return known;
  const report = makeExplanationReport(recordedIncidents(name), '1.0.0');
  const whole = { ...report, lineages: [...report.lineages] };
  explained.set(name, whole);
  return whole;
}
