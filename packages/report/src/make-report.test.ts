import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { makeReport } from './make-report.ts';
import { active, CONNECTING, file, pod, staleRow } from './testing/incidents.ts';

describe('makeReport', () => {
  it('tells files, snapshots, kernel, interception and findings of one namespace', () => {
    const report = makeReport(active(), '1.2.3');
    expect(report.schemaVersion).toBe(1);
    expect(report.tool).toEqual({ name: 'tuplescope', version: '1.2.3' });
    expect(report.incident.files.map(({ path, kind, records }) => [path, kind, records])).toEqual([
      ['pod/ss.txt', 'ss', 2],
      ['pod/conntrack-L.txt', 'conntrack', 1],
      ['pod/uname.txt', 'uname', 1],
    ]);
    expect(report.incident.snapshots).toEqual([
      { at: null, files: ['pod/ss.txt', 'pod/conntrack-L.txt'] },
    ]);
    expect(report.kernel.release).toBe('5.19.0');
    expect(Object.keys(report.kernel)).not.toContain('callsResetInvalid');
    expect(report.interception[0]).toEqual({
      direction: 'outbound',
      port: 15001,
      from: 'well-known port: no captured rule says',
    });
    expect(report.findings.map(({ family, state }) => [family, state])).toEqual([
      ['outbound-port-collision', 'active'],
      ['half-closed-leak', 'active'],
    ]);
    expect(JSON.stringify(report)).not.toContain('"namespace');
  });

  it('names the rule that intercepts', () => {
    const rules = '*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n';
    const incidents = readIncidents([...pod(staleRow()), file('pod/iptables.txt', rules)]);
    expect(makeReport(incidents, '1').interception).toEqual([
      { direction: 'outbound', port: 15001, from: 'pod/iptables.txt:2' },
    ]);
  });

  it('keeps namespaces apart, the worst finding of all first', () => {
    const incidents = readIncidents([
      ...pod(staleRow(), '', 'dump/pod-a'),
      ...pod(staleRow() + CONNECTING, undefined, 'dump/pod-b'),
    ]);
    const report = makeReport(incidents, '1');
    expect(report.incident.namespaces).toEqual(['pod-a', 'pod-b']);
    expect(report.kernels?.map(({ namespace }) => namespace)).toEqual(['pod-a', 'pod-b']);
    expect(report.findings.map(({ namespace, state }) => `${namespace} ${state}`)).toEqual([
      'pod-b active',
      'pod-b active',
      'pod-a latent',
    ]);
    const parts = [report.incident.files, report.incident.snapshots, report.interception].flat();
    expect(parts.every(({ namespace }) => namespace?.startsWith('pod-'))).toBe(true);
  });

  it('says of nothing at all that the kernel is unknown', () => {
    const report = makeReport([], '1');
    expect(report.kernel.confidence).toBe('unknown');
    expect(report.findings).toEqual([]);
  });
});
