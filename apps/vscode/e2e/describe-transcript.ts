import { beforeAll, expect, it } from 'vitest';
import type { InWindow } from './in-editor.ts';
import type { Workbench } from './workbench.ts';

/** Describes what is seen at a transcript: all that somebody saw in a terminal, in one file. */
export function describeTranscript(inWindow: () => InWindow): void {
  let window: Workbench;

  beforeAll(() => {
    ({ window } = inWindow());
  });

  it('is marked at the very port, and says what was found', async () => {
    await window.openFile('transcript.md:24');
    const marked = window.marks('SYN-SENT');
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
}
