import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from './accessibility.ts';
import { FIXTURES, type InWindow } from './in-editor.ts';
import type { Workbench } from './workbench.ts';

const ETH0 = readFileSync(join(FIXTURES, 'captures/eth0.pcap'));

/** Puts captures into a folder: whole, empty, cut and growing ones, and what only has the name. */
export function fillWithCaptures(folder: string): void {
  writeFileSync(join(folder, 'eth0.pcap'), ETH0);
  cpSync(join(FIXTURES, 'captures/lo.pcap'), join(folder, 'lo.pcap'));
  writeFileSync(join(folder, 'empty.pcap'), '');
  writeFileSync(join(folder, 'cut.pcap'), ETH0.subarray(0, ETH0.length - 5));
  writeFileSync(join(folder, 'growing.pcap'), '');
  writeFileSync(join(folder, 'other.pcap'), 'Netid State Recv-Q Send-Q\n');
}

/** Describes what is seen of captures, with the texts of their incident beside them. */
export function describePackets(inWindow: () => InWindow): void {
  describe('the packets of a capture', () => {
    let window: Workbench;
    let folder: string;

    beforeAll(() => {
      ({ window, folder } = inWindow());
    });

    const explainBy = (kernel: string): Promise<void> =>
      window.choose('Tuplescope: Choose the Kernel That Explains Packets…', 'Explain', kernel);

    const compareWith = (kernel: string): Promise<void> =>
      window.choose('Tuplescope: Compare with Another Kernel…', 'Compare with', kernel);

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

    it('has no serious accessibility problem in the list of packets', async () => {
      await window.openFile('lo.pcap');
      const view = window.webview();
      await view.locator('.rows .row').first().waitFor();
      expect(await seriousProblems(view)).toEqual([]);
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
      await explainBy('mainline-6.12');
      await view.locator('.rows .row.unexpected').first().waitFor();
      await page.locator('.statusbar-item', { hasText: 'Linux 6.12' }).waitFor();
      await explainBy('The kernel of the incident');
      await page.locator('.statusbar-item', { hasText: 'Linux 5.19' }).waitFor();
    });

    it('filters by verdict and by connection', async () => {
      await window.openFile('eth0.pcap');
      const view = window.webview();
      await view.locator('.rows .row.invalid', { hasText: 'refuses' }).first().waitFor();
      await view.locator('.filter').fill('verdict:invalid rst');
      await view.locator('.status', { hasText: '3 of 15 packets' }).waitFor();
      await view.locator('.filter').fill('7777 established');
      await view.locator('.status', { hasText: '6 of 15 packets' }).waitFor();
      await view.locator('.filter').fill('connection:13');
      await view.locator('.status', { hasText: '8 of 15 packets' }).waitFor();
      await view.locator('.filter').press('Escape');
      await view.locator('.status', { hasText: /^15 packets/ }).waitFor();
    });

    it('compares two kernels, and steps through what they differ in by the keyboard', async () => {
      const { page } = window;
      await compareWith('mainline-6.12');
      const view = window.webview();
      await view.locator('.rows .row.differs').nth(2).waitFor();
      const grid = view.locator('[role="grid"]');
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Alt+ArrowDown');
      const selected = view.locator('[role="row"][aria-selected="true"]');
      await selected.filter({ hasText: '≠ ESTABLISHED' }).waitFor();
      expect(await selected.getAttribute('aria-rowindex')).toBe('14');
      const told = view.locator('.kernels .told');
      await told.filter({ hasText: 'On Linux 5.19' }).waitFor();
      await told.filter({ hasText: 'On Linux 6.12' }).filter({ hasText: 'c410cb974f2b' }).waitFor();
      await page.keyboard.press('Alt+ArrowDown');
      await page.keyboard.press('Alt+ArrowDown');
      await page.keyboard.press('Alt+ArrowDown');
      await view.locator('.status', { hasText: 'No more difference' }).waitFor();
      await view.locator('.filter').fill('differs');
      await view.locator('.status', { hasText: '3 of 15 packets' }).waitFor();
      await view.locator('.filter').press('Escape');
      expect(await seriousProblems(view)).toEqual([]);
      await compareWith('No comparison');
      await view.locator('.compared').first().waitFor({ state: 'hidden' });
    });

    it('tries what if, and shows the simulated ladder beside the captured one', async () => {
      const view = window.webview();
      await view.locator('.rows .row.invalid', { hasText: 'refuses' }).first().click();
      await view.locator('button', { hasText: 'What if?' }).click();
      const outcome = view.locator('.verdict-line');
      await outcome.filter({ hasText: 'times out after 126 s' }).waitFor();
      await view.locator('.simulated tr.invalid').first().waitFor();
      await view.locator('.sides img.ladder').waitFor();
      await view.getByLabel('nf_conntrack_tcp_be_liberal').check();
      await outcome.filter({ hasText: 'connects after' }).waitFor();
      await view.locator('button', { hasText: 'Reset' }).click();
      await outcome.filter({ hasText: 'times out' }).waitFor();
      await view.getByLabel('Mitigation').selectOption('ignore-invalid-rst');
      await outcome.filter({ hasText: 'times out' }).waitFor();
      expect(await seriousProblems(view)).toEqual([]);
      await view.locator('button', { hasText: 'What if?' }).click();
      await view.locator('.what-if').waitFor({ state: 'hidden' });
    });

    it('writes the connection of a packet to a file', async () => {
      const view = window.webview();
      await view.locator('.rows .row.invalid', { hasText: 'refuses' }).first().click();
      await view.getByLabel('Export connection').selectOption('text');
      await window.acceptFile();
      await window.line('172.29.73.7:44410 → 172.21.206.198:7777').waitFor();
      const target = join(folder, 'eth0-packet-13.txt');
      expect(readFileSync(target, 'utf8')).toMatch(/refuses that\s+acknowledgement/);
      rmSync(target);
    });

    it('explains a port from a text, on the kernel in use', async () => {
      const { page } = window;
      await window.openFile('6-reconnect-0.4s/ss-naoep.txt:22');
      const lens = page.locator('.codelens-decoration a', {
        hasText: 'Explain port 44410 on Linux 5.19',
      });
      await lens.first().waitFor();
      await page.keyboard.press('Escape');
      const box = await lens.first().boundingBox();
      await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) / 2);
      await page.locator('.tab', { hasText: 'Port 44410 on Linux 5.19' }).waitFor();
      await window.line('22 packets of 2 connections').waitFor();
    });

    it('says what is wrong with a file in its place', async () => {
      await window.openFile('other.pcap');
      await window.webview().locator('.placeholder', { hasText: 'no packet capture' }).waitFor();
      await window.openFile('cut.pcap');
      const view = window.webview();
      await view.locator('.status', { hasText: '14 packets' }).waitFor();
      await view.locator('.problems li').first().waitFor();
    });

    it('shows what is captured into a file that grows, and says when it is gone', async () => {
      const path = join(folder, 'growing.pcap');
      writeFileSync(path, '');
      await window.openFile('growing.pcap');
      const view = window.webview();
      await view.locator('.placeholder', { hasText: 'This file is empty' }).waitFor();
      writeFileSync(path, ETH0.subarray(0, 700));
      await view.locator('.rows .row').nth(2).waitFor();
      appendFileSync(path, ETH0.subarray(700));
      await view.locator('.status', { hasText: /^15 packets$/ }).waitFor();
      await view.locator('.rows .row.invalid').first().waitFor();
      rmSync(path);
      await view.locator('.placeholder', { hasText: 'not there any more' }).waitFor();
    });
  });
}
