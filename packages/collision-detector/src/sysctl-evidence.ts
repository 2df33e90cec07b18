import { capturesOf, type Incident, placeOf } from '@tuplescope/incident';
import type { Evidence } from './finding.ts';

/** Points at the last line that tells a sysctl's value, by its name with dots; none where none does. */
export function sysctlEvidence(
  incident: Incident,
  key: string,
  says: (value: string) => string,
): Evidence[] {
  const value = incident.sysctl(key);
  if (value === null) return [];
  for (const capture of capturesOf(incident.captures, 'sysctl').toReversed()) {
    let found: Evidence | null = null;
    for (const setting of capture.content.table) {
      if (setting.key !== key) continue;
      found = { ...placeOf(capture, setting.source), packet: null, says: says(value) };
    }
    if (found !== null) return [found];
  }
  return [];
}
