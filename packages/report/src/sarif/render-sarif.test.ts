import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readIncidents } from '@tuplescope/incident';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { makeReport } from '../make-report.ts';
import { HOSTILE } from '../testing/hostile.ts';
import { active, CONNECTING, file, pod, staleRow } from '../testing/incidents.ts';
import { recordedIncidents } from '../testing/recordings.ts';
import { renderSarif } from './render-sarif.ts';

const logOf = (incidents: ReturnType<typeof active>): Log =>
  JSON.parse(renderSarif(makeReport(incidents, '1.0.0')));

const resultsOf = (incidents: ReturnType<typeof active>): Result[] =>
  logOf(incidents).runs[0]?.results ?? [];

const require = createRequire(import.meta.url);
const schema = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

/** Says what the schema of SARIF has against a log. */
const errorsOf = (log: Log): unknown => (validate(log) ? [] : validate.errors);

describe('renderSarif', () => {
  it('fits the schema of SARIF 2.1.0', () => {
    expect(errorsOf(logOf(active()))).toEqual([]);
    expect(errorsOf(logOf(recordedIncidents('5.19.0-case1')))).toEqual([]);
    expect(errorsOf(logOf(readIncidents(pod(''))))).toEqual([]);
    const broken = logOf(active());
    Object.assign(broken.runs[0]?.results?.[0] ?? {}, { level: 'fatal' });
    expect(errorsOf(broken)).not.toEqual([]);
  });

  it('gives a finding the level of its state', () => {
    const levels = resultsOf(active()).map(({ ruleId, level }) => [ruleId, level]);
    expect(levels).toEqual([
      ['outbound-port-collision', 'error'],
      ['half-closed-leak', 'error'],
    ]);
    expect(resultsOf(readIncidents(pod(staleRow(), '')))[0]?.level).toBe('warning');
    const past = resultsOf(recordedIncidents('5.19.0-case1'));
    expect(past.map(({ level }) => level)).toContain('note');
  });

  it('has a rule for each family that was found, and names it in the results', () => {
    const [run] = logOf(active()).runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(['outbound-port-collision', 'half-closed-leak']);
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    }
  });

  it('finds files that were named by an absolute path', () => {
    const files = pod(staleRow(), '').map(({ path, bytes }) => ({
      path: `/tmp/my dump/${path}`,
      bytes,
    }));
    const log = logOf(readIncidents(files));
    expect(errorsOf(log)).toEqual([]);
    const [run] = log.runs;
    const { uri, uriBaseId } =
      run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
    expect(uriBaseId).toBe('ROOT');
    expect(new URL(uri ?? '', run?.originalUriBaseIds?.ROOT?.uri).href).toBe(
      'file:///tmp/my%20dump/pod/ss.txt',
    );
    expect(logOf(active()).runs[0]?.originalUriBaseIds).toBeUndefined();
  });

  it('points at the records by line and by byte', () => {
    const [first] = resultsOf(active());
    const place = first?.locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation?.uri).toBe('pod/ss.txt');
    expect(place?.region?.startLine).toBe(2);
    const text = new TextDecoder().decode(pod(staleRow() + CONNECTING)[0]?.bytes);
    const { byteOffset = 0, byteLength = 0 } = place?.region ?? {};
    expect(text.slice(byteOffset, byteOffset + byteLength)).toBe(staleRow().trimEnd());
    expect(first?.relatedLocations?.map(({ id }) => id)).toEqual(
      first?.relatedLocations?.map((_, i) => i + 1),
    );
    expect(first?.relatedLocations?.length).toBeGreaterThan(0);
  });

  it('gives a finding the same fingerprint whatever its state, and another to another port', () => {
    const leak = (rows: string): string | undefined =>
      resultsOf(readIncidents(pod(rows))).find(({ ruleId }) => ruleId === 'half-closed-leak')
        ?.partialFingerprints?.['tuplescope/v1'];
    expect(leak(staleRow() + CONNECTING)).toBe(leak(staleRow('other')));
    expect(leak(staleRow('envoy', 44411))).not.toBe(leak(staleRow()));
  });

  it.each(HOSTILE)(
    'stays valid, and steers nothing, with a process and files called %j',
    (name) => {
      const safe = name.replaceAll(/[\n\r"]/g, '');
      const files = pod(staleRow(safe) + CONNECTING, undefined, `/${name}/..`);
      const text = renderSarif(makeReport(readIncidents([...files, file(name, '?')]), '1'));
      expect(errorsOf(JSON.parse(text))).toEqual([]);
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    },
  );
});
