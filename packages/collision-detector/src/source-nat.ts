import { capturesOf, type Incident, type Place, placeOf } from '@tuplescope/incident';
import { isSameAddress } from '@tuplescope/net';
import { entryListings, eventLogs } from './entries.ts';

/** What shows that this namespace gives connections another source: a rule, or an entry. */
export interface SourceNat {
  readonly place: Place;
  /** The rule as it was written, or null where an entry shows it. */
  readonly rule: string | null;
  /** The rule chooses ports at random each time (`--random-fully`, `fully-random`). */
  readonly isFullyRandom: boolean;
}

/** Finds what translates sources: every rule that does, else the first entry that was so translated. */
export function findSourceNat(incident: Incident): SourceNat[] {
  const rules = sourceNatRules(incident);
  if (rules.length > 0) return rules;
  const place = translatedEntry(incident);
  return place === null ? [] : [{ place, rule: null, isFullyRandom: false }];
}

function sourceNatRules({ captures }: Incident): SourceNat[] {
  const found = new Map<string, SourceNat>();
  for (const capture of capturesOf(captures, 'ruleset')) {
    for (const { target, targetOptions, raw, source } of capture.content.table) {
      if (target !== 'MASQUERADE' && target !== 'SNAT') continue;
      const isFullyRandom = 'random-fully' in targetOptions || 'fully-random' in targetOptions;
      if (!found.has(raw)) {
        found.set(raw, { place: placeOf(capture, source), rule: raw, isFullyRandom });
      }
    }
  }
  return [...found.values()];
}

function translatedEntry({ captures }: Incident): Place | null {
  for (const capture of [...entryListings(captures), ...eventLogs(captures)]) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'origSrc');
      if (port === null) continue;
      const isTranslated =
        port !== table.portAt(row, 'replyDst') ||
        !isSameAddress(table.addressAt(row, 'origSrc'), table.addressAt(row, 'replyDst'));
      if (isTranslated) return placeOf(capture, table.at(row).source);
    }
  }
  return null;
}
