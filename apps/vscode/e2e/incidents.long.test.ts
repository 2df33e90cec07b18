import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInEditor, FIXTURES, INCIDENT } from './in-editor.ts';
import { again, type Workbench, workbenchOf } from './workbench.ts';

/** More than the editor shows to an extension, and more than is read with other files. */
const LARGE_BYTES = 70 << 20;

const ENTRY =
  'tcp      6 108 ESTABLISHED src=10.0.0.7 dst=10.0.9.9 sport=41000 dport=80 src=10.0.9.9 dst=10.0.0.7 sport=80 dport=41000 [ASSURED] mark=0 use=1\n';

function fill(folder: string): void {
  const [transcript, mixed] = [join(folder, 'transcript'), join(folder, 'mixed')];
  for (const made of [transcript, mixed]) mkdirSync(made);
  cpSync(join(FIXTURES, 'istio-43301-transcript.md'), join(transcript, 'transcript.md'));
  const archive = join(mixed, 'dump.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', join(INCIDENT, '..'), 'istio-43301']);
  writeFileSync(join(mixed, 'empty.txt'), '');
  writeFileSync(join(mixed, 'truncated.txt'), ENTRY.repeat(3).slice(0, -70));
  writeFileSync(join(mixed, 'damaged.txt'), ENTRY + ENTRY.replace('=41000', '=zero') + ENTRY);
  writeFileSync(join(mixed, 'large.txt'), ENTRY.repeat(Math.ceil(LARGE_BYTES / ENTRY.length)));
}

describeInEditor('incidents in a real VS Code', fill, (inEditor) => {
  describe.each(['node', 'web'] as const)('a transcript, in the %s host', (where) => {
    let window: Workbench;

    beforeAll(async () => {
      const { editor, folder } = inEditor();
      window = workbenchOf(await editor.open(join(folder, 'transcript'), where));
    });

    afterAll(() => window.page.context().close());

    it('is marked at the very port, and says what was found', async () => {
      await window.openFile('transcript.md:24');
      const marked = window.line('SYN-SENT').locator('span[class*="ced-"]');
      await marked.first().waitFor();
      expect(await marked.first().textContent()).toBe('44410');
      expect(await window.hover('SYN-SENT', '44410')).toContain('Outbound port collision');
    });

    it('has its finding in Problems', async () => {
      const { page } = window;
      await page.keyboard.press('Control+Shift+M');
      const rows = page.locator('.markers-panel .monaco-list-row');
      await rows.filter({ hasText: 'Port 44410 collides' }).first().waitFor();
      await page.keyboard.press('Control+Shift+M');
    });

    it('leads from the socket to its packets', async () => {
      const { page } = window;
      await page.keyboard.press('Escape');
      await window.line('SYN-SENT').click();
      await page.keyboard.press('Shift+F12');
      const rows = page.locator('.zone-widget .monaco-list-row');
      await rows.filter({ hasText: 'Flags [S]' }).first().waitFor();
      await page.keyboard.press('Escape');
    });
  });

  describe.each(['node', 'web'] as const)('other files, in the %s host', (where) => {
    let window: Workbench;
    const rows = () => window.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');

    beforeAll(async () => {
      const { editor, folder } = inEditor();
      window = workbenchOf(await editor.open(join(folder, 'mixed'), where));
    });

    afterAll(() => window.page.context().close());

    it('marks what is damaged in a text, and reads its neighbours', async () => {
      const { page } = window;
      await window.openFile('damaged.txt');
      await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
      expect(await window.hover('zero', 'zero')).toContain('"zero"');
      expect(await window.hover('dport=80', 'ESTABLISHED')).not.toBe('');
    });

    it.each(['empty.txt', 'truncated.txt'])(
      'takes %s as it is, without a message',
      async (name) => {
        const { page } = window;
        await window.openFile(name);
        await page.locator('.tab.active', { hasText: name }).waitFor();
        await window.run('Notifications: Show Notifications');
        await page.locator('.notifications-center', { hasText: /no new notifications/i }).waitFor();
        await window.run('Notifications: Hide Notifications');
      },
    );

    it('opens the archive that is chosen in the Explorer, and what is in it', async () => {
      const { page } = window;
      const files = page.locator('.explorer-folders-view .monaco-list-row');
      const archive = files.filter({ hasText: 'dump.tar.gz' });
      const open = page.locator('.monaco-menu .action-label', { hasText: 'Open as Incident' });
      await again(async () => {
        await page.keyboard.press('Escape');
        await window.run('View: Show Explorer');
        await archive.click({ button: 'right', timeout: 8000 });
        await open.click({ timeout: 8000 });
        await rows()
          .filter({ hasText: 'The answer is a bare ACK' })
          .first()
          .click({ timeout: 15_000 });
      });
      await window.line('> 172.29.73.7.44410: Flags [.]').waitFor();
      await page.locator('.tab.active', { hasText: 'tcpdump-lo.txt' }).waitFor();
    });

    it('offers a text that is too large for the editor as an incident, and reads it', async () => {
      const { page } = window;
      await window.openFile('large.txt');
      const offer = page.locator('.statusbar-item', { hasText: 'open as incident' });
      await offer.waitFor();
      await offer.locator('a').click();
      await rows()
        .filter({ hasText: /^large\.txt.*0 findings/ })
        .waitFor();
    });

    it('opens the sample incident, reads it, and writes its report as a page', async () => {
      const { page } = window;
      await window.run('Tuplescope: Open the Sample Incident');
      await window.line('SYN-SENT').locator('span[class*="ced-"]').first().waitFor();
      const sample = rows().filter({ hasText: /^istio-43301.*findings/ });
      await sample.click();
      await sample.hover();
      await sample.locator('[aria-label="Export Report…"]').click();
      const formats = page.locator('.quick-input-list .monaco-list-row');
      await formats.filter({ hasText: 'SARIF' }).waitFor();
      await page.keyboard.type('HTML');
      await formats.first().filter({ hasText: 'HTML' }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).waitFor();
      await page.keyboard.press('Enter');
      // As text: a page is never rendered here.
      await window.line('<!doctype html>').waitFor();
      const written = join(inEditor().folder, 'tuplescope-report.html');
      expect(readFileSync(written, 'utf8')).toContain('<!doctype html>');
      rmSync(written);
    });
  });
});

function fillSmall(folder: string): void {
  cpSync(INCIDENT, folder, { recursive: true });
}

describeInEditor('in high contrast', fillSmall, (inEditor) => {
  describe.each(['Default High Contrast', 'Default High Contrast Light'] as const)(
    'in the theme %s',
    (theme) => {
      let window: Workbench;

      beforeAll(async () => {
        const { editor, folder } = inEditor();
        window = workbenchOf(await editor.open(folder, 'node', { theme }));
      });

      afterAll(() => window.page.context().close());

      it('draws a border around the port that can be seen', async () => {
        await window.openFile('6-reconnect-0.4s/ss-naoep.txt:24');
        await window.line('SYN-SENT').locator('span[class*="ced-"]').first().waitFor();
        const marks = window.page.locator('.monaco-editor .view-overlays [class*="ced-"]');
        const borders = await marks.evaluateAll((elements) =>
          elements.map((element) => {
            const { borderTopStyle, borderTopColor } = getComputedStyle(element);
            return `${borderTopStyle} ${borderTopColor}`;
          }),
        );
        expect(borders.join('; ')).toMatch(/solid rgb\(\d+, \d+, \d+\)/);
      });

      it('leads from a finding to its evidence by the keyboard alone', async () => {
        const { page } = window;
        await window.run('View: Show Tuplescope');
        const tree = page.locator('.tree-explorer-viewlet-tree-view');
        await tree.locator('.monaco-list-row', { hasText: 'The answer is a bare ACK' }).waitFor();
        await tree.locator('.monaco-list').first().focus();
        const focused = tree.locator('.monaco-list-row.focused');
        await page.keyboard.press('Home');
        for (let step = 0; step < 40; step++) {
          const text = (await focused.textContent()) ?? '';
          if (text.includes('The answer is a bare ACK')) break;
          await page.keyboard.press('ArrowDown');
        }
        await page.keyboard.press('Enter');
        await window.line('> 172.29.73.7.44410: Flags [.]').waitFor();
        await page.keyboard.press('Control+1');
        await page.keyboard.press('F12');
        await page.locator('.zone-widget .monaco-list-row, .tab.active').first().waitFor();
      });
    },
  );
});
