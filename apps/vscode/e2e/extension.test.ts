import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { seriousProblems } from './accessibility.ts';
import { describeInWindows, fillWithIncident } from './in-editor.ts';
import type { Workbench } from './workbench.ts';

function fill(folder: string): void {
  fillWithIncident(folder);
  writeFileSync(join(folder, 'empty.pcap'), '');
}

describeInWindows('in a real VS Code', fill, (inWindow) => {
  let window: Workbench;
  let parent: string;

  beforeAll(() => {
    ({ window, parent } = inWindow());
  });

  it('marks the port that collides, at the very port', async () => {
    await window.openFile('6-reconnect-0.4s/ss-naoep.txt:22');
    await window.line('SYN-SENT').waitFor();
    const marked = window.line('SYN-SENT').locator('span[class*="ced-"]');
    await marked.first().waitFor();
    expect(await marked.first().textContent()).toBe('44410');
  });

  it('says on hover what a field means', async () => {
    expect(await window.hover('timer:(on', 'timer:')).toContain('retransmission timer');
    expect(await window.hover('FIN-WAIT-2', 'FIN-WAIT-2')).toContain('half-closed');
  });

  it('tells the finding on the port, with links to the other evidence', async () => {
    const text = await window.hover('SYN-SENT', '44410');
    expect(text).toContain('Outbound port collision');
    expect(text).toContain('because its SYN meets a stale socket');
    expect(text).toMatch(/tcpdump-\w+\.txt:\d+/);
  });

  it('says above the first mark what collides', async () => {
    const lens = window.page.locator('.codelens-decoration', { hasText: 'port 44410' });
    await lens.first().waitFor();
    expect(await lens.first().textContent()).toContain('Active · Outbound port collision');
  });

  it('lists the finding in Problems, with its evidence in other files', async () => {
    const { page } = window;
    await page.keyboard.press('Control+Shift+M');
    const rows = page.locator('.markers-panel .monaco-list-row');
    await rows.filter({ hasText: 'Port 44410 collides' }).first().waitFor();
    await rows.filter({ hasText: 'challenge ACK' }).first().waitFor();
    await page.keyboard.press('Control+Shift+M');
  });

  it('moves from the socket to its entry, its log lines and its packets', async () => {
    const { page } = window;
    await page.keyboard.press('Escape');
    await window.line('SYN-SENT').click();
    await page.keyboard.press('Shift+F12');
    const files = page.locator('.zone-widget .monaco-list-row');
    for (const name of ['conntrack-L.txt', 'dmesg-T.txt', 'tcpdump-lo.txt']) {
      await files.filter({ hasText: name }).first().waitFor();
    }
    await page.keyboard.press('Escape');
  });

  it('outlines the text by its records', async () => {
    const { page } = window;
    await page.keyboard.press('Control+Shift+O');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await page.keyboard.type('44410');
    await rows.filter({ hasText: '172.29.73.7:44410 → 172.21.206.198:7777' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows the incident by findings and files, and leads to the evidence', async () => {
    const { page } = window;
    await window.run('View: Show Tuplescope');
    const rows = page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
    await rows.filter({ hasText: 'Outbound port collision' }).first().waitFor();
    await rows.filter({ hasText: 'The answer is a bare ACK' }).first().click();
    await window.line('> 172.29.73.7.44410: Flags [.]').waitFor();
  });

  it('shows the packets of a capture, and what one is made of, by the keyboard alone', async () => {
    const { page } = window;
    await window.openFile('lo.pcap');
    const view = window.webview();
    await view.locator('.status', { hasText: '14 packets' }).waitFor();
    const grid = view.locator('[role="grid"]');
    expect(await grid.getAttribute('aria-rowcount')).toBe('15');
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const selected = view.locator('[role="row"][aria-selected="true"]');
    await selected.filter({ hasText: '172.21.206.198:7777' }).waitFor();
    expect(await selected.getAttribute('aria-rowindex')).toBe('3');
    await view.locator('.detail', { hasText: 'Sequence number' }).waitFor();
  });

  it('filters packets, and says what it does not understand', async () => {
    const view = window.webview();
    const filter = view.locator('.filter');
    await filter.fill('syn 15001');
    await view.locator('.status', { hasText: '5 of 14 packets' }).waitFor();
    await filter.fill('tcp.port==80');
    await view.locator('[role="alert"]', { hasText: 'Not understood: tcp.port==80' }).waitFor();
    await filter.press('Escape');
    await view.locator('.status', { hasText: /^14 packets/ }).waitFor();
  });

  it('explains each packet, and otherwise when another kernel is chosen', async () => {
    const { page } = window;
    await window.openFile('eth0.pcap');
    const view = window.webview();
    const reset = view.locator('.rows .row.invalid', { hasText: 'refuses' }).first();
    await reset.click();
    await view.locator('.why', { hasText: 'c7aab4f17021' }).waitFor();
    await view.locator('img.ladder').first().waitFor();
    await page.locator('.statusbar-item', { hasText: 'Linux 5.19' }).waitFor();
    await window.run('Tuplescope: Choose the Kernel That Explains Packets…');
    await page.keyboard.type('mainline-6.12');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'mainline-6.12' })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await view.locator('.rows .row.unexpected').first().waitFor();
    await page.locator('.statusbar-item', { hasText: 'Linux 6.12' }).waitFor();
    // The workspace remembers the choice, for the other host too.
    await window.run('Tuplescope: Choose the Kernel That Explains Packets…');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'The kernel of the incident' })
      .click();
    await page.locator('.statusbar-item', { hasText: 'Linux 5.19' }).waitFor();
  });

  it('says of an empty file that it is empty', async () => {
    await window.openFile('empty.pcap');
    await window.webview().locator('.placeholder', { hasText: 'This file is empty' }).waitFor();
  });

  it('has no serious accessibility problem in the list of packets', async () => {
    await window.openFile('lo.pcap');
    const view = window.webview();
    await view.locator('.rows .row').first().waitFor();
    expect(await seriousProblems(view)).toEqual([]);
  });

  it('writes the report to a file', async () => {
    const { page } = window;
    const target = join(parent, 'tuplescope-report.json');
    await window.run('Tuplescope: Export Report…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'JSON' }).waitFor();
    await page.keyboard.type('JSON');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).waitFor();
    await page.keyboard.press('Enter');
    await window.line('"schemaVersion": 1').waitFor();
    const { findings } = JSON.parse(readFileSync(target, 'utf8'));
    rmSync(target);
    expect(findings[0].family).toBe('outbound-port-collision');
  });
});
