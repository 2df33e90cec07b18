import { expect, it } from 'vitest';
import { reportFormats } from './report-formats.ts';

it('offers each format once, the one for a ticket first, each with an ending of its own', () => {
  const offered = reportFormats((text) => text);
  expect(offered.map(({ format }) => format)).toEqual([
    'markdown',
    'html',
    'sarif',
    'json',
    'text',
  ]);
  expect(new Set(offered.map(({ ending }) => ending)).size).toBe(offered.length);
});
