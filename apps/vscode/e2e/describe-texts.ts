import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InWindow } from './in-editor.ts';
import type { Workbench } from './workbench.ts';

/** Describes what is seen at captured text, and in the views of its incident. */
export function describeTexts(inWindow: () => InWindow): void {
  describe('the texts of an incident', () => {
    let window: Workbench;
    let parent: string;

    beforeAll(() => {
      ({ window, parent } = inWindow());
    });

    it('marks the port that collides, at the very port', async () => {
      await window.openFile('6-reconnect-0.4s/ss-naoep.txt:22');
      await window.line('SYN-SENT').waitFor();
      const marked = window.marks('SYN-SENT');
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
      await window.run('View: Show Tuplescope');
      const rows = window.incidentRows();
      await rows.filter({ hasText: 'Outbound port collision' }).first().waitFor();
      await rows.filter({ hasText: 'The answer is a bare ACK' }).first().click();
      await window.line('> 172.29.73.7.44410: Flags [.]').waitFor();
    });

    it('writes the report to a file, and shows it', async () => {
      const target = join(parent, 'tuplescope-report.json');
      await window.choose('Tuplescope: Export Report…', 'How to write', 'JSON');
      await window.acceptFile();
      await window.line('"schemaVersion": 1').waitFor();
      const { findings } = JSON.parse(readFileSync(target, 'utf8'));
      rmSync(target);
      expect(findings[0].family).toBe('outbound-port-collision');
    });
  });
}
