import { describe, expect, it } from 'vitest';
import { formatEndpoint, isSameEndpoint } from './endpoint.ts';

describe('endpoints', () => {
  it('are written with brackets round IPv6 only', () => {
    expect(formatEndpoint({ address: '::1', port: 80 })).toBe('[::1]:80');
    expect(formatEndpoint({ address: '10.0.0.1', port: 0 })).toBe('10.0.0.1:0');
  });

  it('are the same where address and port are, whatever the spelling', () => {
    const mapped = { address: '::ffff:10.0.0.1', port: 15001 };
    expect(isSameEndpoint(mapped, { address: '10.0.0.1', port: 15001 })).toBe(true);
    expect(isSameEndpoint(mapped, { address: '10.0.0.1', port: 15006 })).toBe(false);
    expect(isSameEndpoint(mapped, { address: '10.0.0.2', port: 15001 })).toBe(false);
  });
});
