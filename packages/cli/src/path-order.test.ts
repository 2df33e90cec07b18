import { expect, it } from 'vitest';
import { comparePaths } from './path-order.ts';

it('orders paths as a walk through folders does', () => {
  const paths = ['b/10-x', 'b', 'b/2-x', 'a/z/1', 'a.txt', 'b/2-x/y', 'a/b'];
  expect(paths.sort(comparePaths)).toEqual([
    'a/b',
    'a/z/1',
    'a.txt',
    'b',
    'b/2-x',
    'b/2-x/y',
    'b/10-x',
  ]);
});
