import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { bundled, PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { runCommand } from './testing/run-command.ts';

const schema = JSON.parse(readFileSync(`${PACKAGES}cli/schemas/analyze.schema.json`, 'utf8'));
const validate = new Ajv2020({ allowUnionTypes: true, formats: { uri: true } }).compile(schema);
const recorded = (path: string): string => `${PACKAGES}collision-detector/fixtures/${path}`;

const folder = useTemporaryFolder();

/** Writes a file into a folder of the temporary one. */
function add(name: string, content: string | Uint8Array): string {
  mkdirSync(dirname(folder.path(name)), { recursive: true });
  return folder.add(name, content);
}

async function answerTo(...paths: readonly string[]) {
  const { stdout } = await runCommand(['analyze', ...paths, '--format', 'json']);
  return JSON.parse(stdout);
}

describe('the schema of analyze', () => {
  it.each([
    ['the bundled incident', bundled('')],
    ['a transcript', recorded('istio-43301-transcript.md')],
    ['a connect that healed', recorded('recordings/6.18.44/case1')],
    [
      'packets that contradict a uname',
      recorded('recordings/6.1.192-without-challenge-ack-fix/case1'),
    ],
    ['a rule that drops', recorded('recordings/lab-43301-rstdrop')],
    ['a pod without findings', recorded('recordings/invalid-drop')],
    ['ports that ran out and one that is taken', recorded('recordings/lab-exhaust')],
    ['an inbound collision over IPv6', recorded('recordings/inbound-expired-v6-nft')],
    ['a reset of a healthy connection', recorded('recordings/invalid-rst')],
    ['one snapshot', bundled('6-reconnect-0.4s')],
    ['one listing', bundled('6-reconnect-0.4s/ss-naoep.txt')],
    ['several namespaces', recorded('recordings/6.18.44')],
  ])('holds for %s', async (_, path) => {
    validate(await answerTo(path));
    expect(validate.errors).toBeNull();
  });

  it('holds for several namespaces, each part with its own', async () => {
    for (const pod of ['pod-a', 'pod-b']) {
      for (const name of ['ss-naoep.txt', 'conntrack-L.txt']) {
        add(`pods/${pod}/${name}`, readFileSync(bundled(`6-reconnect-0.4s/${name}`)));
      }
    }
    const answer = await answerTo(folder.path('pods'));
    validate(answer);
    expect(validate.errors).toBeNull();
    expect(answer.incident.namespaces).toEqual(['pod-a', 'pod-b']);
    const named = answer.findings.map(({ namespace }: { namespace: string }) => namespace);
    expect(named.sort()).toEqual(['pod-a', 'pod-a', 'pod-b', 'pod-b']);
  });

  it('fails where a field is added or renamed unannounced', async () => {
    const answer = await answerTo(bundled('6-reconnect-0.4s'));
    expect(validate({ ...answer, surprise: 1 })).toBe(false);
    const [finding, ...others] = answer.findings;
    expect(validate({ ...answer, findings: [{ ...finding, surprise: 1 }, ...others] })).toBe(false);
    const { summary: _, ...renamed } = finding;
    expect(validate({ ...answer, findings: [{ ...renamed, title: '' }] })).toBe(false);
    expect(validate({ ...answer, schemaVersion: 2 })).toBe(false);
  });
});
