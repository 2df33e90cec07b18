import { Worker } from 'node:worker_threads';
import { type ExtensionContext, Uri } from 'vscode';
import { activateIn } from '../activate.ts';
import type { Haste, WorkerHandle } from '../platform.ts';

/** Called by the editor: on the desktop and on a remote machine, where there is Node. */
export function activate(context: ExtensionContext): void {
  const { fsPath } = Uri.joinPath(context.extensionUri, 'dist/node/worker.js');
  activateIn(context, { startWorker: (haste) => startWorker(fsPath, haste), opensFiles: true });
}

/** The young generation is 48 MB otherwise, for each of some workers that hold less than that. */
const LIMITS = { maxYoungGenerationSizeMb: 16 };

function startWorker(path: string, haste: Haste): WorkerHandle {
  const worker = new Worker(path, { workerData: haste, resourceLimits: LIMITS });
  return {
    port: {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      listen: (listener) => worker.on('message', listener),
    },
    onFailure: (listener) => worker.on('error', listener),
    terminate: () => void worker.terminate(),
  };
}
