import { beforeAll, describe, expect, it } from 'vitest';
import type { InWindow } from './in-editor.ts';
import { again, type Workbench } from './workbench.ts';

/** Describes what is seen in the themes for those who need a high contrast. */
export function describeHighContrast(inWindow: () => InWindow): void {
  describe.each([
    ['Dark High Contrast', 'hc-black'],
    ['Light High Contrast', 'hc-light'],
  ] as const)('in the theme %s', (theme, name) => {
    let window: Workbench;

    beforeAll(async () => {
      ({ window } = inWindow());
      const { page } = window;
      await again(async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+K');
        await page.keyboard.press('Control+T');
        await window.answer('Select Color Theme', theme);
      });
      await page.locator(`.monaco-workbench.${name}`).waitFor();
      await window.run('View: Close All Editors');
    });

    it('draws a border around the port that can be seen', async () => {
      await window.openFile('6-reconnect-0.4s/ss-naoep.txt:24');
      await window.marks('SYN-SENT').first().waitFor();
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
  });
}
