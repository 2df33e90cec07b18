import { expect, it } from 'vitest';
import { resolveIncident } from './resolve-incident.ts';

it('takes the only incident that is open, or else the only folder', () => {
  expect(resolveIncident(undefined, { open: ['/a'], folders: ['/w'] })).toEqual({ open: 0 });
  expect(resolveIncident('', { open: [], folders: ['/w'] })).toEqual({ folder: 0, path: '' });
  expect(() => resolveIncident(undefined, { open: ['/a', '/b'], folders: [] })).toThrow('/a, /b');
  expect(() => resolveIncident(undefined, { open: [], folders: [] })).toThrow('No incident');
});

it('takes a path or name of what is open, and any path in the workspace', () => {
  const places = { open: ['/tmp/dump.tar.gz'], folders: ['/w/one', '/w/two'] };
  expect(resolveIncident('dump.tar.gz', places)).toEqual({ open: 0 });
  expect(resolveIncident('/tmp/dump.tar.gz', places)).toEqual({ open: 0 });
  expect(resolveIncident('/w/two/x/', places)).toEqual({ folder: 1, path: 'x' });
  expect(resolveIncident('two/x', places)).toEqual({ folder: 1, path: 'x' });
  expect(resolveIncident('x\\y', places)).toEqual({ folder: 0, path: 'x/y' });
  expect(resolveIncident('.', places)).toEqual({ folder: 0, path: '' });
});

it.each(['/etc', '../secrets', 'a/../../etc', '/w/one/../../etc'])(
  'leaves what lies outside alone: %s',
  (path) => {
    expect(() => resolveIncident(path, { open: [], folders: ['/w/one'] })).toThrow();
  },
);
