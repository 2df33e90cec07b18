import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import { looksLikePcap } from '@tuplescope/pcap-reader';
import type { AnalysisApi, RelatedPlace, SentFile } from '../../protocol/analysis.ts';
import type { Methods } from '../../protocol/channel.ts';
import type { ExplanationsApi } from '../../protocol/explanations.ts';
import type { ToolsApi } from '../../protocol/tools.ts';
import { analyzeFiles } from './analyze-files.ts';
import { createExplanationsWorker } from './explanations-worker.ts';
import { type OpenedFile, openFile } from './open-files.ts';
import { noFiles, type OpenFile, type OpenSource, sourceOpener } from './open-source.ts';
import { recordAt, relatedRecords } from './related-records.ts';
import { createTextPositions, type TextPositions } from './text-positions.ts';
import { createToolsWorker } from './tools/tools-worker.ts';
import { writeReport } from './write-report.ts';

/** A file as it was sent, opened once. */
interface KeptFile extends OpenedFile {
  readonly version: string;
}

/**
 * Makes what a worker answers: it keeps the files of one incident, so that a change of one sends
 * that one only, and what was read in them, for questions about a place.
 *
 * @param openSource opens a capture file that is too large to be read with the others.
 * @param openLocal opens a local file by its path, where there are paths.
 */
export function createAnalysisWorker(
  openSource: OpenSource = sourceOpener(noFiles),
  openLocal: OpenFile = noFiles,
): Methods<AnalysisApi & ExplanationsApi & ToolsApi> {
  let kept = new Map<string, KeptFile>();
  let members = new Map<string, CapturedFile>();
  let incidents: readonly Incident[] = [];
  const positions = new WeakMap<CapturedFile, TextPositions>();

  const positionsOf = (path: string): TextPositions | null => {
    const file = members.get(path);
    if (file === undefined || looksLikePcap(file.bytes)) return null;
    const known = positions.get(file) ?? createTextPositions(file.bytes);
    positions.set(file, known);
    return known;
  };

  const keep = async (file: SentFile): Promise<KeptFile> => {
    const { path, version } = file;
    const known = kept.get(path);
    if (known !== undefined && known.version === version) return known;
    return { version, ...(await openFile({ path, bytes: await bytesOf(file) })) };
  };

  /** A file that is gone by now is empty, until the next reading misses it. */
  const bytesOf = async ({ bytes, local }: SentFile): Promise<Uint8Array> => {
    if (bytes !== null || local === undefined) return bytes ?? new Uint8Array();
    const source = await openLocal(local).catch(() => null);
    if (source === null) return new Uint8Array();
    try {
      return await source.read(0, await source.size());
    } finally {
      await source.close();
    }
  };

  return {
    ...createExplanationsWorker(() => incidents, openSource),
    ...createToolsWorker(() => incidents),
    analyze: async ({ files: sent, utcOffsetHours }) => {
      const files = new Map<string, KeptFile>();
      for (const file of sent) files.set(file.path, await keep(file));
      kept = files;
      const all = [...kept.values()].flatMap((file) => file.files);
      members = new Map(all.map((file) => [file.path, file]));
      incidents = readIncidents(all, { utcOffsetHours });
      const packed = [...kept.values()].filter(({ isPacked }) => isPacked);
      return {
        ...analyzeFiles(all, incidents, positionsOf),
        packed: packed.flatMap((file) => file.files.map(({ path }) => path)),
      };
    },
    member: (path) => members.get(path)?.bytes.slice() ?? null,
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
