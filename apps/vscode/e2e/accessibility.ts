import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FrameLocator } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core says of a page. */
interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** Gives what axe-core finds serious or worse in a page of the extension, in words. */
export async function seriousProblems(view: FrameLocator): Promise<string[]> {
  const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
  if (frame === null || frame === undefined) throw new Error('the page is gone');
  // The page's policy lets nobody add a script to it; evaluating one is the debugger's right.
  await frame.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => /serious|critical/.test(impact))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
    );
}
