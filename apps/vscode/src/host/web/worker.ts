import type { AnalysisApi } from '../../protocol/analysis.ts';
import { createChannel } from '../../protocol/channel.ts';
import type { ExplanationsApi } from '../../protocol/explanations.ts';
import type { PacketsApi } from '../../protocol/packets.ts';
import type { ToolsApi } from '../../protocol/tools.ts';
import { createAnalysisWorker } from '../worker/analysis-worker.ts';
import { noFiles, sourceOpener } from '../worker/open-source.ts';
import { createPacketsWorker } from '../worker/packets-worker.ts';

const openSource = sourceOpener(noFiles);

createChannel<Record<never, never>, AnalysisApi & ExplanationsApi & PacketsApi & ToolsApi>(
  {
    post: (message, transfer = []) => postMessage(message, { transfer: [...transfer] }),
    listen: (listener) => addEventListener('message', ({ data }) => listener(data)),
  },
  { ...createAnalysisWorker(openSource), ...createPacketsWorker(openSource) },
);
