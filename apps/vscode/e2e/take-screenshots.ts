import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  writeFileSync(join(incident, 'other.pcap'), 'Netid State Recv-Q Send-Q\n');
  const editor = await startEditor(host, vsix);
  try {
    for (const [name, theme] of Object.entries(THEMES)) {
      for (const [width, height] of SIZES) {
        const page = await editor.open(incident, 'node', { theme, width, height });
        const shoot = async (view: string): Promise<void> => {
          await page.waitForTimeout(1500);
          await page.screenshot({ path: join(folder, `${view}-${name}-${width}.png`) });
        };
        await showViews(workbenchOf(page), incident, shoot);
        await page.close();
      }
    }
  } finally {
    await editor.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

const EXPLAIN = 'Tuplescope: Choose the Kernel That Explains Packets…';
const COMPARE = 'Tuplescope: Compare with Another Kernel…';

type Shoot = (view: string) => Promise<void>;

async function showViews(window: Workbench, folder: string, shoot: Shoot): Promise<void> {
  await showText(window, shoot);
  await showPackets(window, shoot);
  // Its findings would be in every other picture.
  const archive = join(folder, 'dump.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', join(APP, 'dist'), 'sample']);
  await showFiles(window, shoot);
  rmSync(archive);
  await showReport(window, shoot);
}

/** The text with its marks, its hover, its rows in Problems, and where it leads to. */
async function showText(window: Workbench, shoot: Shoot): Promise<void> {
  const { page } = window;
  await window.openFile('6-reconnect-0.4s/ss-naoep.txt:24');
  await window.marks('SYN-SENT').first().waitFor();
  await page.locator('.codelens-decoration', { hasText: 'port 44410' }).first().waitFor();
  await window.run('View: Show Tuplescope');
  await window.hover('SYN-SENT', '44410');
  await shoot('text');
  await page.keyboard.press('Escape');
  await page.mouse.move(0, 0);
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  await shoot('problems');
  await page.keyboard.press('Control+Shift+M');
  await window.line('SYN-SENT').click();
  await page.keyboard.press('Shift+F12');
  await page.locator('.zone-widget .monaco-list-row').nth(3).waitFor();
  await shoot('references');
  await page.keyboard.press('Escape');
}

/** The packets on the incident's kernel and on another, beside each other, and what if. */
async function showPackets(window: Workbench, shoot: Shoot): Promise<void> {
  await window.openFile('eth0.pcap');
  const view = window.webview();
  const refused = view.locator('.rows .row.invalid', { hasText: 'refuses' }).first();
  await refused.click();
  await view.locator('img.ladder').first().waitFor();
  await shoot('packets');
  await view.locator('button', { hasText: 'What if?' }).click();
  await view.locator('.simulated tr.invalid').first().waitFor();
  await view.locator('.sides img.ladder').waitFor();
  await shoot('what-if');
  await view.locator('button', { hasText: 'What if?' }).click();
  await window.choose(COMPARE, 'Compare with', 'mainline-6.12');
  await view.locator('.rows .row.differs').first().click();
  await view.locator('.kernels.compared .told').nth(1).waitFor();
  await shoot('compared');
  await window.choose(COMPARE, 'Compare with', 'No comparison');
  await window.choose(EXPLAIN, 'Explain', 'mainline-6.12');
  await view.locator('.rows .row.unexpected').first().click();
  await view.locator('img.ladder').first().waitFor();
  await shoot('other-kernel');
  await window.choose(EXPLAIN, 'Explain', 'The kernel of the incident');
}

/** What is no capture, and an archive. */
async function showFiles(window: Workbench, shoot: Shoot): Promise<void> {
  await window.openFile('other.pcap');
  await window.webview().locator('.placeholder', { hasText: 'no packet capture' }).waitFor();
  await shoot('placeholder');
  await window.openAsIncident('dump.tar.gz');
  await window
    .incidentRows()
    .filter({ hasText: /^dump\.tar\.gz.*findings/ })
    .waitFor();
  await shoot('archive');
}

/** The formats of a report, and the walkthrough. */
async function showReport(window: Workbench, shoot: Shoot): Promise<void> {
  const { page } = window;
  await window.run('View: Close All Editors');
  await window.run('Tuplescope: Export Report…');
  await shoot('export');
  await page.keyboard.press('Escape');
  await window.choose('Welcome: Open Walkthrough...', 'Select', 'A Connection Timed Out');
  await page
    .locator('.getting-started-step', { hasText: 'Open the sample incident' })
    .first()
    .waitFor();
  await shoot('walkthrough');
}

void take(process.argv[2] ?? join(APP, 'dist/screenshots'));
