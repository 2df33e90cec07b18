import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { PACKAGES, useTemporaryFolder } from './testing/files.ts';
import { CHROMIUM, openPage } from './testing/open-page.ts';
import { runCommand } from './testing/run-command.ts';

const folder = useTemporaryFolder();

const RECORDING = `${PACKAGES}collision-detector/fixtures/recordings/5.19.0/case1`;

const LOOK = `JSON.stringify({
  paper: getComputedStyle(document.body).backgroundColor,
  ladders: document.querySelectorAll('svg').length,
  isTooWide: document.documentElement.scrollWidth > innerWidth,
})`;

const why = CHROMIUM === null ? ' (skipped: chromium is not installed)' : '';

it.skipIf(CHROMIUM === null)(
  `the page of an incident opens in a browser, light and dark, and asks for nothing${why}`,
  { timeout: 60_000 },
  async () => {
    const path = folder.path('report.html');
    await runCommand(['analyze', RECORDING, '--format', 'html', '--output', path]);
    const url = pathToFileURL(path).href;
    const { requests, light, dark } = await openPage(url, LOOK);
    expect(requests).toEqual([url]);
    expect(light).toEqual({ paper: 'rgb(255, 255, 255)', ladders: 1, isTooWide: false });
    expect(dark).toEqual({ paper: 'rgb(15, 21, 29)', ladders: 1, isTooWide: false });
  },
);
