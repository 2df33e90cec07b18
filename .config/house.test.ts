import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from './run.mjs';
import { isTestFile, readApps, readPackages, readPublicPackages } from './workspace.mjs';

const packages = readPackages();

it('has a top level of exactly these names', () => {
  const made = ['node_modules', 'coverage'];
  const names = readdirSync(root).filter((name) => !name.startsWith('.') && !made.includes(name));
  expect(names.sort()).toEqual([
    'LICENSE',
    'README.md',
    'apps',
    'package.json',
    'packages',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tsconfig.base.json',
    'turbo.json',
  ]);
});

describe.each(packages)('$manifest.name', ({ folder, manifest, sources }) => {
  it('is described, licensed and built as every other package is', () => {
    expect(manifest).toMatchObject({
      license: 'Apache-2.0',
      author: 'The Tuplescope authors',
      type: 'module',
      engines: { node: '>=20' },
      publishConfig: { access: 'public' },
      scripts: { build: 'tsup && tsc -p tsconfig.build.json' },
    });
    expect(manifest.description).toMatch(/^[A-Z].*\.$/);
    // There is no public repository yet; a made-up address would be worse than none.
    expect(Object.keys(manifest)).not.toContain('repository');
  });

  it('has an index that re-exports and does nothing else', () => {
    const index = sources.find(({ path }) => path === 'src/index.ts')?.text ?? '';
    const code = index.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, '').trim();
    const reExport = /export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*from\s*'[\w@./-]+';/g;
    expect(code.replaceAll(reExport, '').trim()).toBe('');
  });

  it('documents each name that it exports', () => {
    const index = sources.find(({ path }) => path === 'src/index.ts')?.text ?? '';
    const lists = [...index.matchAll(/\{([^}]*)\}\s*from\s*'\.\//g)].map((match) => match[1] ?? '');
    const names = lists.flatMap((list) => list.match(/\w+(?=\s*(?:,|$))/g) ?? []);
    const text = sources.map((file) => file.text).join('\n');
    const documented = (name: string) =>
      new RegExp(
        `\\*/\\nexport (async )?(class|const|function\\*?|interface|type) ${name}\\b`,
      ).test(text);
    expect(names.filter((name) => !documented(name))).toEqual([]);
  });

  it('has a file for each idea: none over 400 lines, named in kebab case', () => {
    const own = sources.filter(({ path }) => !isTestFile(path));
    const long = own.filter(({ text }) => text.split('\n').length > 400);
    expect(long.map(({ path }) => path)).toEqual([]);
    const odd = sources.filter(({ path }) => !/^[a-z0-9/-]+(\.(test|bench))?\.ts$/.test(path));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it('has tests beside its sources', () => {
    expect(sources.filter(({ path }) => path.endsWith('.test.ts'))).not.toEqual([]);
  });

  it('has a README by the skeleton', () => {
    const readme = readFileSync(`${root}packages/${folder}/README.md`, 'utf8');
    const headings = readme.replaceAll(/```.*?```/gs, '').match(/^##? .*$/gm) ?? [];
    const skeleton = ['## Install', '## Use', '## When not to use it', '## API'];
    expect(headings[0]).toBe(`# ${manifest.name}`);
    expect(headings.filter((heading) => skeleton.includes(heading))).toEqual(skeleton);
  });
});

describe.each(readApps())('$manifest.name', ({ manifest, sources }) => {
  it('is licensed as the packages are, and not published to npm', () => {
    expect(manifest).toMatchObject({
      license: 'Apache-2.0',
      author: 'The Tuplescope authors',
      private: true,
    });
    expect(Object.keys(manifest)).not.toContain('repository');
  });

  it('has a file for each idea: none over 400 lines, named in kebab case', () => {
    const own = sources.filter(({ path }) => !isTestFile(path));
    const long = own.filter(({ text }) => text.split('\n').length > 400);
    expect(long.map(({ path }) => path)).toEqual([]);
    const odd = sources.filter(({ path }) => !/^[a-z0-9/-]+(\.(test|bench))?\.ts$/.test(path));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it('has tests beside its sources', () => {
    expect(sources.filter(({ path }) => path.endsWith('.test.ts'))).not.toEqual([]);
  });
});

const parsers = readPublicPackages().filter(({ folder }) => /-(parser|reader)$/.test(folder));

describe.each(parsers)('$folder is a parser like its siblings', ({ folder, sources }) => {
  const names = sources.map(({ path }) => path.slice('src/'.length, -'.ts'.length));

  it('parses, streams, tabulates and recognises one kind of output', () => {
    const kinds = names.flatMap((name) => /^parse-([\w-]+)$/.exec(name)?.[1] ?? []);
    const core = (kind: string) => [`stream-${kind}`, `${kind}-table`, `looks-like-${kind}`];
    const whole = kinds.filter((kind) => core(kind).every((name) => names.includes(name)));
    expect(whole, `of ${kinds.join(', ')}`).not.toEqual([]);
  });

  // The contract speaks of lines; a capture is bytes, and its reader has tests of its own for each.
  it.skipIf(folder === 'pcap-reader')('keeps the contract that all parsers share', () => {
    const tests = sources.filter(({ path }) => /\/parse-[\w-]+\.test\.ts$/.test(path));
    expect(tests.some(({ text }) => text.includes('describeParserContract('))).toBe(true);
  });

  it('measures its speed and says where its recordings come from', () => {
    expect(names).toContain('parse.bench');
    expect(existsSync(`${root}packages/${folder}/fixtures/README.md`)).toBe(true);
  });
});
