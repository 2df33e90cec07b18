import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import { looksLikePcap } from '@tuplescope/pcap-reader';
import type { AnalysisApi, RelatedPlace } from '../../protocol/analysis.ts';
import type { Methods } from '../../protocol/channel.ts';
import type { ExplanationsApi } from '../../protocol/explanations.ts';
import { analyzeFiles } from './analyze-files.ts';
import { createExplanationsWorker } from './explanations-worker.ts';
import { recordAt, relatedRecords } from './related-records.ts';
import { createTextPositions, type TextPositions } from './text-positions.ts';
import { writeReport } from './write-report.ts';

interface KeptFile extends CapturedFile {
  readonly version: string;
  positions?: TextPositions;
}

/**
 * Makes what a worker answers: it keeps the files of one incident, so that a change of one sends
 * that one only, and what was read in them, for questions about a place.
 */
export function createAnalysisWorker(): Methods<AnalysisApi & ExplanationsApi> {
  let kept = new Map<string, KeptFile>();
  let incidents: readonly Incident[] = [];

  const positionsOf = (path: string): TextPositions | null => {
    const file = kept.get(path);
    if (file === undefined || looksLikePcap(file.bytes)) return null;
    file.positions ??= createTextPositions(file.bytes);
    return file.positions;
  };

  return {
    ...createExplanationsWorker(() => incidents),
    analyze: (files) => {
      kept = new Map(
        files.map((sent) => {
          const known = kept.get(sent.path);
          if (known !== undefined && known.version === sent.version) return [sent.path, known];
          const { path, version, bytes } = sent;
          return [path, { path, version, bytes: bytes ?? new Uint8Array() }];
        }),
      );
      const all = [...kept.values()];
      incidents = readIncidents(all);
      return analyzeFiles(all, incidents, positionsOf);
    },
    report: ({ format, version }) => writeReport(incidents, format, version),
    related: ({ path, line, character }): RelatedPlace[] => {
      const offset = positionsOf(path)?.offset(line, character);
      if (offset === undefined) return [];
      for (const incident of incidents) {
        const record = recordAt(incident, path, offset);
        if (record === null || record.pairs.length === 0) continue;
        return relatedRecords(incident, record).map(({ capture, source, packet }) => {
          const start = capture.origin.offset + source.start;
          const end = capture.origin.offset + source.end;
          return {
            path: capture.path,
            range: positionsOf(capture.path)?.range(start, end) ?? null,
            packet,
            kind: capture.content.kind,
            isSelf: capture === record.capture && source.start === record.source.start,
          };
        });
      }
      return [];
    },
  };
}
