import type { Incident } from '@tuplescope/incident';
import type { Methods } from '../../../protocol/channel.ts';
import type { ToolsApi } from '../../../protocol/tools.ts';
import { analyzeTool } from './analyze-tool.ts';
import { explainTool } from './explain-tool.ts';
import { simulateTool } from './simulate-tool.ts';

/**
 * Makes what a worker answers language models.
 *
 * @param incidentsOf gives the incidents that were read last.
 */
export function createToolsWorker(incidentsOf: () => readonly Incident[]): Methods<ToolsApi> {
  return {
    analyzeTool: (wanted) => analyzeTool(incidentsOf(), wanted),
    explainTool: (wanted) => explainTool(incidentsOf(), wanted),
    simulateTool: (wanted) => simulateTool(incidentsOf(), wanted),
  };
}
