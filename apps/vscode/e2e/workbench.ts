import type { FrameLocator, Locator, Page } from 'playwright-core';

/** What a person does in a window of the editor, and sees there. */
export interface Workbench {
  readonly page: Page;
  /** Opens a file by its name, `ss.txt:4` at a line. */
  openFile(name: string): Promise<void>;
  /** Runs a command of the palette. */
  run(title: string): Promise<void>;
  /** Answers the question that begins with some words by the choice that has others. */
  answer(question: string, words: string): Promise<void>;
  /** Runs a command that asks, and answers it. */
  choose(title: string, question: string, words: string): Promise<void>;
  /** Opens a file as an incident, from its menu in the Explorer. */
  openAsIncident(name: string): Promise<void>;
  /** The line of the open text that contains some words. */
  line(words: string): Locator;
  /** The ports that are marked in such a line. */
  marks(words: string): Locator;
  /** The rows of the view of incidents. */
  incidentRows(): Locator;
  /** Takes the file that is proposed to be written. */
  acceptFile(): Promise<void>;
  /** The page of the extension in the editor that is open. */
  webview(): FrameLocator;
  /** Rests the mouse on a word of a line, and gives what the hover says. */
  hover(line: string, word: string): Promise<string>;
}

/** What a key or the mouse brings up shows within so many milliseconds, or not at all. */
const SHOWN = 8000;

/** How often something is done that a window may overlook while it draws itself anew. */
const ATTEMPTS = 5;

/** Does something until it succeeds, and fails as it does at last. */
export async function again(attempt: () => Promise<void>): Promise<void> {
  for (let left = ATTEMPTS; left > 1; left--) {
    try {
      await attempt();
      return;
    } catch {
      // What was overlooked is done anew.
    }
  }
  await attempt();
}

/** Wraps a window's page. */
export function workbenchOf(page: Page): Workbench {
  const quickInput = page.locator('.quick-input-widget input').first();
  /** Types a text and takes the row that shows these words, once the list has caught up. */
  const take = async (input: Locator, text: string, words: string): Promise<void> => {
    await input.waitFor({ timeout: SHOWN });
    await input.fill(text, { timeout: SHOWN });
    const first = page.locator('.quick-input-list .monaco-list-row').first();
    await first.filter({ hasText: words }).waitFor({ timeout: SHOWN });
    await page.keyboard.press('Enter');
  };
  const run = async (title: string): Promise<void> => {
    await page.keyboard.press('F1');
    await take(quickInput, `>${title}`, title);
  };
  const answer = async (question: string, words: string): Promise<void> => {
    const asked = page.locator(`.quick-input-widget input[placeholder^="${question}"]`);
    await take(asked, words, words);
  };
  const line = (words: string): Locator =>
    page.locator('.monaco-editor .view-line', { hasText: words }).first();

  return {
    page,
    line,
    marks: (words) => line(words).locator('span[class*="ced-"]'),
    incidentRows: () => page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row'),
    acceptFile: async () => {
      await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).waitFor();
      await page.keyboard.press('Enter');
    },
    webview: () =>
      page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame'),
    openFile: async (path) => {
      const name = path.replace(/^.*\/|:\d+$/g, '');
      await again(async () => {
        await page.keyboard.press('Control+P');
        await take(quickInput, path, name);
        const tab = page.locator('.tab.active', { hasText: name });
        await tab.waitFor({ timeout: SHOWN });
      });
      await quickInput.waitFor({ state: 'hidden' });
    },
    run: (title) => again(() => run(title)),
    openAsIncident: (name) =>
      again(async () => {
        await page.keyboard.press('Escape');
        await run('View: Show Explorer');
        const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
        await file.click({ button: 'right', timeout: SHOWN });
        const menu = page.locator('.monaco-menu');
        const open = menu.locator('.action-label', { hasText: 'Open as Incident' });
        // It overlooks a click that follows the first too soon, and no key.
        await open.hover({ timeout: SHOWN });
        await page.keyboard.press('Enter');
        await menu.waitFor({ state: 'hidden', timeout: SHOWN });
      }),
    answer,
    choose: (title, question, words) =>
      again(async () => {
        await run(title);
        await answer(question, words);
      }),
    hover: async (words, word) => {
      await page.keyboard.press('Escape');
      const target = line(words).locator('span', { hasText: word }).last();
      const hover = page.locator('.monaco-hover:visible').first();
      await again(async () => {
        const box = await boxOfWord(target, word);
        await page.mouse.move(box.x, box.y - 40);
        await page.mouse.move(box.x, box.y, { steps: 4 });
        await hover.waitFor({ timeout: SHOWN });
      });
      return ((await hover.textContent()) ?? '').replaceAll('\u00a0', ' ');
    },
  };
}

/** The middle of a word in the text of an element. */
async function boxOfWord(target: Locator, word: string): Promise<{ x: number; y: number }> {
  return target.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = (node.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`no ${wanted} in ${element.textContent}`);
  }, word);
}
