import type { ReportFinding } from './report.ts';

/** A finding without what an earlier one has said. */
export interface BriefFinding extends ReportFinding {
  /** Whether something that helps was left out because it is said above. */
  readonly isSaidAbove: boolean;
}

/** What helps, and what is missing, is told once in a namespace: with the first finding that has it. */
export function sayOnce(findings: readonly ReportFinding[]): BriefFinding[] {
  const said = new Set<string>();
  return findings.map((finding) => {
    const isNew = (text: string): boolean => {
      const key = `${finding.namespace ?? ''}\n${text}`;
      return !said.has(key) && said.add(key).has(key);
    };
    const mitigations = finding.mitigations.filter(({ action }) => isNew(action));
    return {
      ...finding,
      mitigations,
      missing: finding.missing.filter(({ what }) => isNew(what)),
      isSaidAbove: mitigations.length < finding.mitigations.length,
    };
  });
}
