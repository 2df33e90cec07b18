import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisApi } from '../../protocol/analysis.ts';
import { createChannel } from '../../protocol/channel.ts';
import type { ExplanationsApi } from '../../protocol/explanations.ts';
import type { PacketsApi } from '../../protocol/packets.ts';
import type { ToolsApi } from '../../protocol/tools.ts';
import { createAnalysisWorker } from '../worker/analysis-worker.ts';
import { sourceOpener } from '../worker/open-source.ts';
import { createPacketsWorker } from '../worker/packets-worker.ts';
import { fileSource } from './file-source.ts';

const openSource = sourceOpener(fileSource);

// On Linux it is the thread that has a priority, elsewhere the whole process with the editor's own work.
if (workerData === 'patient' && process.platform === 'linux') setPriority(10);

createChannel<Record<never, never>, AnalysisApi & ExplanationsApi & PacketsApi & ToolsApi>(
  {
    post: (message, transfer = []) => parentPort?.postMessage(message, [...transfer]),
    listen: (listener) => parentPort?.on('message', listener),
  },
  { ...createAnalysisWorker(openSource, fileSource), ...createPacketsWorker(openSource) },
);
