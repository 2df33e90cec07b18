import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { MARK, type TestResult } from './in-host/test-names.ts';
import type { Host } from './install-host.ts';
import { environment, runProgram } from './run-program.ts';

/** Where the extension runs: in Node beside the files, or in a web worker of the browser. */
export type ExtensionHost = 'node' | 'web';

/** The names of VS Code's own themes that people use. */
export type Theme =
  | 'Default Dark Modern'
  | 'Default Light Modern'
  | 'Default High Contrast'
  | 'Default High Contrast Light';

/** An editor with the extension installed. */
export interface Editor {
  /** The process of its server. */
  readonly pid: number;
  /** Opens a folder in a window of its own. */
  open(folder: string, where: ExtensionHost, look?: Look): Promise<Page>;
  /** Runs a bundle of tests inside the extension host, on the extension as it lies in a folder. */
  runInHost(
    folder: string,
    where: ExtensionHost,
    extension: string,
    bundle: string,
  ): Promise<TestResult[]>;
  close(): Promise<void>;
}

/** How a window looks. */
export interface Look {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

const EXTENSION = 'tuplescope.tuplescope-vscode';

/** Starts VS Code as a server with the packaged extension in it, and a browser to look at it. */
export async function startEditor(host: Host, vsix: string): Promise<Editor> {
  const folder = mkdtempSync(join(tmpdir(), 'tuplescope-editor-'));
  const data = join(folder, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(folder, 'config.yaml'), '{}\n');
  const places = [
    ...['--config', join(folder, 'config.yaml')],
    ...['--user-data-dir', data],
    ...['--extensions-dir', join(folder, 'extensions')],
  ];
  const install = [host.entry, ...places, '--install-extension', vsix];
  const { ok, output } = await runProgram(host.node, install, folder);
  if (!ok) throw new Error(`the extension could not be installed: ${output}`);

  const port = await freePort();
  const server = spawn(
    host.node,
    [
      host.entry,
      ...places,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      ...['--disable-getting-started-override', '--disable-proxy'],
      ...['--vscode-option', 'enable-smoke-test-driver'],
    ],
    { stdio: 'ignore', env: environment() },
  );
  const address = `http://127.0.0.1:${port}`;
  await untilReady(address);
  const browser = await chromium.launch({
    executablePath: host.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });

  // One for all windows: what the editor loads is the same for each.
  const context = await browser.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const set = (where: ExtensionHost, theme?: Theme): void =>
    writeFileSync(join(data, 'User/settings.json'), JSON.stringify(settings(where, theme)));

  return {
    pid: server.pid ?? 0,
    open: async (workspace, where, { theme, width = 1280, height = 800 } = {}) => {
      set(where, theme);
      const page = await newPage(context, width, height);
      const url = `${address}/?folder=${encodeURIComponent(workspace)}`;
      await page.goto(url, { waitUntil: 'commit', timeout: 120_000 });
      await page
        .locator('.explorer-folders-view .monaco-list-row')
        .first()
        .waitFor({ timeout: 120_000 });
      return page;
    },
    runInHost: async (workspace, where, extension, bundle) => {
      set(where);
      const page = await newPage(context, 1280, 800);
      const ended = listenToTests(page);
      const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
      const payload = [
        ['extensionDevelopmentPath', remote(extension)],
        ['extensionTestsPath', remote(bundle)],
        ['skipWelcome', 'true'],
      ];
      const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
      await page.goto(`${address}/?${query}`, { waitUntil: 'commit', timeout: 120_000 });
      const results = await ended;
      await page.close();
      return results;
    },
    close: async () => {
      await browser.close();
      await stop(server);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function newPage(context: BrowserContext, width: number, height: number): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  // As long as a busy machine may take; what is there is there at once.
  page.setDefaultTimeout(40_000);
  return page;
}

/** The editor tells the log of its extension host, and when the tests have ended. */
async function listenToTests(page: Page): Promise<TestResult[]> {
  const results: TestResult[] = [];
  const ended = new Promise<void>((resolve) => {
    void page.exposeFunction('codeAutomationExit', () => resolve());
  });
  await page.exposeFunction('codeAutomationLog', (_: string, parts: readonly unknown[]) => {
    const line = parts.map(String).find((part) => part.includes(MARK));
    if (line !== undefined) results.push(JSON.parse(line.slice(line.indexOf(MARK) + MARK.length)));
  });
  const patience = new Promise((resolve) => setTimeout(resolve, 240_000).unref());
  await Promise.race([ended, patience]);
  return results;
}

function settings(where: ExtensionHost, theme: Theme = 'Default Dark Modern'): object {
  return {
    'workbench.colorTheme': theme,
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.reduceMotion': 'on',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'window.commandCenter': false,
    'chat.disableAIFeatures': true,
    'telemetry.telemetryLevel': 'off',
    'extensions.autoUpdate': false,
    'extensions.autoCheckUpdates': false,
    'extensions.ignoreRecommendations': true,
    'git.enabled': false,
    'editor.accessibilitySupport': 'off',
    // The mouse reaches only what is in sight.
    'editor.wordWrap': 'on',
    ...(where === 'web' ? { 'remote.extensionKind': { [EXTENSION]: ['web'] } } : {}),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(address: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`${address}/healthz`).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the editor did not start within 30 seconds');
}

async function stop(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const patience = new Promise((resolve) => setTimeout(resolve, 5000).unref());
  await Promise.race([gone, patience]);
}
