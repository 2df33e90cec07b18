import type { ReportFinding } from '../report.ts';

/**
 * Gives what makes a finding the same in two reports: family, namespace, and whose ports; not its
 * state, which changes, nor its words.
 *
 * @example
 * fingerprint(finding) // 'half-closed-leak:44410:172.29.73.7>172.21.206.198:7777'
 */
export function fingerprint({ family, namespace, ports, tuples }: ReportFinding): string {
  const ends = tuples.map(({ src, dst, dport }) => `${src}>${dst}:${dport}`);
  const where = namespace === undefined ? [] : [namespace];
  return [family, ...where, ports.join(','), [...new Set(ends)].join(',')].join(':');
}
