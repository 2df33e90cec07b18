/** What a tool answers a language model: words, and the same as data. */
export interface ToolAnswer {
  /** A few sentences. */
  readonly text: string;
  /** JSON. */
  readonly json: string;
}

/** Which incident's findings are asked for. */
export interface AnalyzeWanted {
  /** Only findings about this port. */
  readonly port?: number;
}

/** Which packet is to be explained. */
export interface ExplainPacketWanted {
  /** The capture's name in the incident; the only one with packets where it is left out. */
  readonly file?: string;
  /** Number of the packet in its file, from 1. */
  readonly packet: number;
  /** A kernel release or a profile's name; the incident's own kernel where it is left out. */
  readonly kernel?: string;
}

/** Which connect is to be tried again. */
export interface SimulateWanted {
  /** The client's port; the first that collides, or else would, where it is left out. */
  readonly port?: number;
  /** A kernel release or a profile's name; the incident's own kernel where it is left out. */
  readonly kernel?: string;
  /** Sysctls over those of the incident, by the last part of their names. */
  readonly sysctls?: Readonly<Record<string, number>>;
}

/** What a worker answers language models of the incident that it has read. */
export interface ToolsApi {
  analyzeTool(wanted: AnalyzeWanted): ToolAnswer;
  explainTool(wanted: ExplainPacketWanted): ToolAnswer;
  simulateTool(wanted: SimulateWanted): ToolAnswer;
}
