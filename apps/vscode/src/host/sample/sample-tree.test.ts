import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { listSample, SAMPLE_FILES } from './sample-tree.ts';

const PACKAGES = fileURLToPath(new URL('../../../../../packages/', import.meta.url));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((member) => member.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

it('names the files of the incident that the command line brings, and its captures', () => {
  const incident = filesIn(join(PACKAGES, 'cli/incidents/istio-43301'));
  const captures = filesIn(join(PACKAGES, 'collision-detector/fixtures/captures'));
  expect([...SAMPLE_FILES].sort()).toEqual([...incident, ...captures].sort());
});

it('lists folders, the outermost too, and nothing else', () => {
  expect(listSample('')).toContainEqual({ name: '6-reconnect-0.4s', isFolder: true });
  expect(listSample('')).toContainEqual({ name: 'lo.pcap', isFolder: false });
  expect(listSample('6-reconnect-0.4s')?.map(({ name }) => name)).toContain('ss-naoep.txt');
  expect(listSample('lo.pcap')).toBeNull();
  expect(listSample('6-reconnect')).toBeNull();
});
