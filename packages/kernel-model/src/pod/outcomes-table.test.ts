import { describe, expect, it } from 'vitest';
import { istioCase } from './istio-case.ts';
import { applyMitigation, MITIGATIONS, type Mitigation } from './mitigation.ts';
import { outcomesTable } from './outcomes-table.ts';

const cells = outcomesTable();

function outcomes(mitigation: Mitigation, affected: boolean): string[] {
  const own = cells.filter(
    (cell) => cell.case === 1 && cell.mitigation === mitigation && cell.affected === affected,
  );
  return [...new Set(own.map(({ outcome }) => outcome))].sort();
}

describe('the table of outcomes', () => {
  it('has each profile, case and mitigation once', () => {
    const keys = cells.map((cell) => `${cell.profile} ${cell.case} ${cell.mitigation}`);
    expect(new Set(keys).size).toBe(keys.length);
    const profiles = new Set(cells.map(({ profile }) => profile)).size;
    expect(keys).toHaveLength(profiles * 2 * MITIGATIONS.length);
  });

  it('heals case 1 with be-liberal, a long CLOSE_WAIT and TPROXY, and with nothing else', () => {
    expect(outcomes('none', true)).toEqual(['timed-out']);
    expect(outcomes('be-liberal', true)).toEqual(['connected']);
    expect(outcomes('ignore-invalid-rst', true)).toEqual(['timed-out', 'unavailable']);
    expect(outcomes('drop-invalid', true)).toEqual(['timed-out']);
    expect(outcomes('close-wait-3600', true)).toEqual(['connected']);
    expect(outcomes('tproxy', true)).toEqual(['connected']);
  });

  it('does no harm where nothing is wrong', () => {
    for (const mitigation of MITIGATIONS) {
      expect(outcomes(mitigation, false)).not.toContain('timed-out');
    }
    const second = cells.filter((cell) => cell.case === 2);
    expect(second.map(({ outcome }) => outcome)).not.toContain('timed-out');
  });

  it('rejects a mitigation that is none', () => {
    const { pod, connect } = istioCase(1, '5.19.0');
    expect(() => applyMitigation(pod, 'reboot' as Mitigation, connect.to)).toThrow(
      'mitigation: expected one of none, be-liberal, ignore-invalid-rst',
    );
  });
});
