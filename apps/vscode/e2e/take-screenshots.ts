import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installHost } from './install-host.ts';
import { startEditor, type Theme } from './start-editor.ts';
import { type Workbench, workbenchOf } from './workbench.ts';

// Takes the pictures of the README, and those that are looked at before a release: each view in each
// theme and size. `pnpm --filter tuplescope-vscode screenshots [FOLDER]`, after build and package.

const APP = fileURLToPath(new URL('..', import.meta.url));

const THEMES: Readonly<Record<string, Theme>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
  'contrast-light': 'Default High Contrast Light',
};

const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

async function take(folder: string): Promise<void> {
  const host = await installHost();
  const vsix = join(APP, 'dist/tuplescope-vscode.vsix');
  if ('reason' in host) throw new Error(host.reason);
  if (!existsSync(vsix)) throw new Error('build and package the extension first');
  mkdirSync(folder, { recursive: true });
  const parent = mkdtempSync(join(tmpdir(), 'tuplescope-screenshots-'));
  const incident = join(parent, 'istio-43301');
  cpSync(join(APP, 'dist/sample'), incident, { recursive: true });
  const editor = await startEditor(host, vsix);
  try {
    for (const [name, theme] of Object.entries(THEMES)) {
      for (const [width, height] of SIZES) {
        const page = await editor.open(incident, 'node', { theme, width, height });
        const shoot = async (view: string): Promise<void> => {
          await page.waitForTimeout(1500);
          await page.screenshot({ path: join(folder, `${view}-${name}-${width}.png`) });
        };
        await showViews(workbenchOf(page), shoot);
        await page.context().close();
      }
    }
  } finally {
    await editor.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

async function showViews(window: Workbench, shoot: (view: string) => Promise<void>): Promise<void> {
  const { page } = window;
  await window.openFile('6-reconnect-0.4s/ss-naoep.txt:24');
  await window.line('SYN-SENT').locator('span[class*="ced-"]').first().waitFor();
  await page.locator('.codelens-decoration', { hasText: 'port 44410' }).first().waitFor();
  await window.run('View: Show Tuplescope');
  await window.hover('SYN-SENT', '44410');
  await shoot('text');
  await page.keyboard.press('Escape');
  await page.mouse.move(0, 0);
  await window.openFile('eth0.pcap');
  const view = window.webview();
  const refused = view.locator('.rows .row.invalid', { hasText: 'refuses' }).first();
  await refused.click();
  await view.locator('img.ladder').first().waitFor();
  await shoot('packets');
  await window.run('View: Close All Editors');
  await window.run('Welcome: Open Walkthrough...');
  await page.keyboard.type('A Connection Timed Out');
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'A Connection Timed Out' })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page
    .locator('.getting-started-step', { hasText: 'Open the sample incident' })
    .first()
    .waitFor();
  await shoot('walkthrough');
}

void take(process.argv[2] ?? join(APP, 'dist/screenshots'));
