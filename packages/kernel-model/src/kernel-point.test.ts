import { describe, expect, it } from 'vitest';
import {
  compareMainline,
  formatKernelPoint,
  kernelPoint,
  readKernelPoint,
} from './kernel-point.ts';

describe('a kernel version', () => {
  it.each([
    ['5.3', '5.3', 0, null, ''],
    ['5.14.2', '5.14', 2, null, ''],
    ['5.17-rc5', '5.17', 0, 5, ''],
    ['5.17.0-rc5-custom', '5.17', 0, 5, '-custom'],
    ['6.1.9-rc1', '6.1', 9, null, '-rc1'],
    ['6.1.0-47-cloud-amd64', '6.1', 0, null, '-47-cloud-amd64'],
    ['4.18.0-394.el8.x86_64', 'el8', 394, null, '.x86_64'],
    ['4.18.0-372.9.1.el8_6.x86_64', 'el8', 372, null, '_6.x86_64'],
    ['4.18.0-25-generic', '4.18', 0, null, '-25-generic'],
    ['5.15.0-3.60.5.1.el8uek.x86_64', '5.15', 0, null, '-3.60.5.1.el8uek.x86_64'],
  ])('is read from the start of %s', (text, line, point, candidate, rest) => {
    expect(readKernelPoint(text)).toMatchObject({ kernel: { line, point, candidate }, rest });
  });

  it.each(['', '5', 'v5.4', '5.', '123.4.5', 'el8'])('is not read from %j', (text) => {
    expect(readKernelPoint(text)).toBeNull();
  });

  it.each(['5.3.0', '5.14.2', '5.17-rc5', '4.18.0-394.el8'])('is written as %s', (text) => {
    expect(formatKernelPoint(kernelPoint(text))).toBe(text);
  });

  it('is refused where more follows and none may', () => {
    expect(() => kernelPoint('5.14.2-x')).toThrow('not a kernel version: 5.14.2-x');
  });

  it('comes after its candidates and after older versions', () => {
    const order = ['4.19', '5.3', '5.17-rc4', '5.17-rc5', '5.17', '6.1'].map(kernelPoint);
    expect(order.toReversed().toSorted(compareMainline)).toEqual(order);
  });
});
