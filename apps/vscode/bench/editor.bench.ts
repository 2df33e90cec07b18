import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameLocator } from 'playwright-core';
import { installHost } from '../e2e/install-host.ts';
import { runProgram } from '../e2e/run-program.ts';
import { type Editor, startEditor } from '../e2e/start-editor.ts';
import { type Workbench, workbenchOf } from '../e2e/workbench.ts';
import { packEmptyExtension } from './empty-extension.ts';
import { findExtensionHost, memoryOf } from './host-memory.ts';
import { typingDelay } from './typing-delay.ts';
import { writeCapture, writeEntries } from './write-large-files.ts';

const PACKETS = Number(process.env.PACKETS ?? 5_000_000);
const ENTRIES = Number(process.env.ENTRIES ?? 1_000_000);

const APP = fileURLToPath(new URL('..', import.meta.url));

function say(what: string, value: string, asked = ''): void {
  console.log(`${what.padEnd(58)}${value.padStart(12)}${asked === '' ? '' : `   asked: ${asked}`}`);
}

const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;

async function run(): Promise<void> {
  const host = await installHost();
  if ('reason' in host) {
    console.log(`not measured: ${host.reason}`);
    return;
  }
  for (const script of ['build', 'package']) {
    const { ok, output } = await runProgram('npm', ['run', script], APP);
    if (!ok) throw new Error(output);
  }
  const parent = mkdtempSync(join(tmpdir(), 'tuplescope-bench-'));
  const folder = join(parent, 'files');
  mkdirSync(folder);
  writeFileSync(join(folder, 'scratch.ini'), '; typed here\n');
  writeCapture(join(folder, 'small.pcap'), 100);
  writeCapture(join(folder, 'large.pcap'), PACKETS);
  writeEntries(join(folder, 'entries.txt'), ENTRIES);
  const empty = await packEmptyExtension(
    join(parent, 'empty'),
    join(APP, 'node_modules/.bin/vsce'),
  );
  try {
    const floor = await inEditor(host, empty, folder, async (window, pid) => {
      await openScratch(window);
      return { delay: await typingDelay(window.page), memory: memoryOf(pid).now };
    });
    say('empty extension: typing, 95th percentile', milliseconds(floor.delay));
    say('empty extension: memory of the extension host', `${floor.memory} MiB`);
    const vsix = join(APP, 'dist/tuplescope-vscode.vsix');
    await inEditor(host, vsix, folder, (window, pid) => measureCapture(window, pid, floor.delay));
    await inEditor(host, vsix, folder, (window, pid) => measureText(window, pid, floor.delay));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }

  async function measureCapture(window: Workbench, pid: number, floor: number): Promise<void> {
    const size = statSync(join(folder, 'large.pcap')).size;
    say('capture', `${PACKETS.toLocaleString('en')} packets, ${(size / 1e6).toFixed(0)} MB`);
    // The editor's own pages for extensions are slow to open the first time.
    const small = await untilRows(window, 'small.pcap');
    const again = await untilRows(window, 'small.pcap', true);
    const large = await untilRows(window, 'large.pcap', true);
    say('small capture: first rows, the first time', milliseconds(small));
    say('small capture: first rows, again', milliseconds(again));
    say('large capture: first rows', milliseconds(large), '1000 ms');
    say('large capture: ratio to the small one', (large / again).toFixed(2));
    const began = performance.now();
    await openScratch(window);
    const delay = await typingDelay(window.page);
    say('typing while it is indexed, 95th percentile', milliseconds(delay));
    say('more than with the empty extension', milliseconds(delay - floor), '50 ms');
    await window.openFile('large.pcap');
    const view = window.webview();
    const total = PACKETS.toLocaleString('en-US');
    await view
      .locator('.status', { hasText: new RegExp(`^${total} packets$`) })
      .waitFor({ timeout: 600_000 });
    say('all read and judged after', `${((performance.now() - began) / 1000).toFixed(0)} s`);
    sayMemory(pid, '400 MB');
    const scrolls = await scrollTimes(view);
    say('scrolling to a place, median of 30', milliseconds(percentile(scrolls, 0.5)), '100 ms');
    say('scrolling to a place, 95th percentile', milliseconds(percentile(scrolls, 0.95)), '100 ms');
    sayMemory(pid, '400 MB');
  }

  async function measureText(window: Workbench, pid: number, floor: number): Promise<void> {
    const size = statSync(join(folder, 'entries.txt')).size;
    const { page } = window;
    say('text', `${ENTRIES.toLocaleString('en')} lines, ${(size / 1e6).toFixed(0)} MB`);
    await window.run('View: Show Tuplescope');
    await window.openFile('entries.txt');
    const offer = page.locator('.statusbar-item', { hasText: 'open as incident' });
    await offer.waitFor();
    const began = performance.now();
    await offer.locator('a').click();
    const own = window
      .incidentRows()
      .filter({ has: page.locator('.label-name', { hasText: /^entries\.txt$/ }) });
    // The view takes the focus when it shows the incident.
    await own.first().waitFor();
    await openScratch(window);
    const delay = await typingDelay(page);
    say('typing while it is read, 95th percentile', milliseconds(delay));
    say('more than with the empty extension', milliseconds(delay - floor), '50 ms');
    await own.filter({ hasText: 'findings' }).waitFor({ timeout: 300_000 });
    say('read as an incident after', `${((performance.now() - began) / 1000).toFixed(1)} s`);
    sayMemory(pid, '');
  }
}

function sayMemory(pid: number, asked: string): void {
  const { now, peak } = memoryOf(pid);
  say('memory of the extension host, workers with it', `${now} MiB`, asked);
  say('the most that it had', `${peak} MiB`, asked);
}

async function inEditor<Result>(
  host: Parameters<typeof startEditor>[0],
  vsix: string,
  folder: string,
  measure: (window: Workbench, pid: number) => Promise<Result>,
): Promise<Result> {
  const editor: Editor = await startEditor(host, vsix);
  try {
    const window = workbenchOf(await editor.open(folder, 'node'));
    await window.page.waitForTimeout(5000);
    return await measure(window, findExtensionHost(editor.pid));
  } finally {
    await editor.close();
  }
}

async function openScratch(window: Workbench): Promise<void> {
  await window.openFile('scratch.ini');
  await window.line('typed here').click();
  await window.page.keyboard.press('Control+End');
}

/** Opens a capture and gives the time until rows are drawn, in milliseconds. */
async function untilRows(window: Workbench, name: string, isAlone = false): Promise<number> {
  if (isAlone) await window.run('View: Close All Editors');
  await window.openFile(name);
  const began = performance.now();
  await window.webview().locator('.rows .row[aria-busy="false"]').first().waitFor();
  return performance.now() - began;
}

/** Scrolls to places all over the list, and gives the time until each was drawn, in milliseconds. */
async function scrollTimes(view: FrameLocator): Promise<number[]> {
  return view.locator('.grid').evaluate(async (element) => {
    const times: number[] = [];
    for (let i = 1; i <= 30; i++) {
      const place = (i * 0.618) % 1;
      const before = element.querySelector('.rows .row')?.id;
      const began = performance.now();
      element.scrollTop = element.scrollHeight * place;
      do {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      } while (
        element.querySelector('.rows .row')?.id === before ||
        element.querySelector('.rows .row[aria-busy="true"]') !== null
      );
      times.push(performance.now() - began);
    }
    return times;
  });
}

function percentile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}

void run();
