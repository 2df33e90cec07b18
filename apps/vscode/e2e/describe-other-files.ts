import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { INCIDENT, type InWindow } from './in-editor.ts';
import type { Workbench } from './workbench.ts';

/** More than the editor shows to an extension, and more than is read with other files. */
const LARGE_BYTES = 70 << 20;

const ENTRY =
  'tcp      6 108 ESTABLISHED src=10.0.0.7 dst=10.0.9.9 sport=41000 dport=80 src=10.0.9.9 dst=10.0.0.7 sport=80 dport=41000 [ASSURED] mark=0 use=1\n';

/** Puts files into a folder that are no text of an incident as it should be. */
export function fillWithOtherFiles(folder: string): void {
  const archive = join(folder, 'dump.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', join(INCIDENT, '..'), 'istio-43301']);
  writeFileSync(join(folder, 'empty.txt'), '');
  writeFileSync(join(folder, 'truncated.txt'), ENTRY.repeat(3).slice(0, -70));
  writeFileSync(join(folder, 'damaged.txt'), ENTRY + ENTRY.replace('=41000', '=zero') + ENTRY);
  writeFileSync(join(folder, 'large.txt'), ENTRY.repeat(Math.ceil(LARGE_BYTES / ENTRY.length)));
}

/** Describes what is seen of an archive, of texts that are damaged, and of the sample. */
export function describeOtherFiles(inWindow: () => InWindow): void {
  let window: Workbench;
  let parent: string;

  beforeAll(() => {
    ({ window, parent } = inWindow());
  });

  it('marks what is damaged in a text, and reads its neighbours', async () => {
    const { page } = window;
    await window.openFile('damaged.txt');
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    expect(await window.hover('zero', 'zero')).toContain('"zero"');
    expect(await window.hover('dport=80', 'ESTABLISHED')).not.toBe('');
  });

  it.each(['empty.txt', 'truncated.txt'])('takes %s as it is, without a message', async (name) => {
    const { page } = window;
    await window.openFile(name);
    await page.locator('.tab.active', { hasText: name }).waitFor();
    await window.run('Notifications: Show Notifications');
    await page.locator('.notifications-center', { hasText: /no new notifications/i }).waitFor();
    await window.run('Notifications: Hide Notifications');
  });

  it('opens the archive that is chosen in the Explorer, and what is in it', async () => {
    const { page } = window;
    await window.openAsIncident('dump.tar.gz');
    await window.incidentRows().filter({ hasText: 'The answer is a bare ACK' }).first().click();
    await window.line('> 172.29.73.7.44410: Flags [.]').waitFor();
    await page.locator('.tab.active', { hasText: 'tcpdump-lo.txt' }).waitFor();
  });

  it('offers a text that is too large for the editor as an incident, and reads it', async () => {
    const { page } = window;
    await window.openFile('large.txt');
    const offer = page.locator('.statusbar-item', { hasText: 'open as incident' });
    await offer.waitFor();
    await offer.locator('a').click();
    await window
      .incidentRows()
      .filter({ hasText: /^large\.txt.*0 findings/ })
      .waitFor();
  });

  it('opens the sample incident, reads it, and writes its report as a page', async () => {
    await window.run('Tuplescope: Open the Sample Incident');
    await window.marks('SYN-SENT').first().waitFor();
    const sample = window.incidentRows().filter({ hasText: /^istio-43301.*findings/ });
    await sample.click();
    await sample.hover();
    await sample.locator('[aria-label="Export Report…"]').click();
    await window.answer('How to write the report', 'HTML');
    await window.acceptFile();
    // As text: a page is never rendered here.
    await window.line('<!doctype html>').waitFor();
    const written = join(parent, 'tuplescope-report.html');
    expect(readFileSync(written, 'utf8')).toContain('<!doctype html>');
    rmSync(written);
  });
}
