import type { Port } from '../protocol/channel.ts';

/** A worker that was started. */
export interface WorkerHandle {
  readonly port: Port;
  /** Says what to do when the worker dies, as it does where there is not memory enough. */
  onFailure(listener: (error: Error) => void): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

/** A `patient` worker lets whoever types and scrolls go first, where there is a way to. */
export type Haste = 'prompt' | 'patient';

/** What differs between the places where the extension runs: Node, or a web worker. */
export interface Platform {
  /** Starts a worker that parses and analyses. */
  startWorker(haste: Haste): WorkerHandle;
  /** Whether a worker can open a local file by its path. */
  readonly opensFiles: boolean;
}
