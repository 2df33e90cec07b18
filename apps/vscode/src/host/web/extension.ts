import { type ExtensionContext, Uri, workspace } from 'vscode';
import { activateIn } from '../activate.ts';
import type { WorkerHandle } from '../platform.ts';

/** Called by the editor: in a browser, where extensions run in a web worker. */
export async function activate(context: ExtensionContext): Promise<void> {
  // The extension's own address may be one that a worker cannot be started from.
  const code = await workspace.fs.readFile(
    Uri.joinPath(context.extensionUri, 'dist/web/worker.js'),
  );
  const url = URL.createObjectURL(new Blob([code.slice()], { type: 'text/javascript' }));
  context.subscriptions.push({ dispose: () => URL.revokeObjectURL(url) });
  activateIn(context, { startWorker: () => startWorker(url), opensFiles: false });
}

function startWorker(url: string): WorkerHandle {
  const worker = new Worker(url);
  return {
    port: {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      listen: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
    },
    onFailure: (listener) =>
      worker.addEventListener('error', (event) => {
        // It is dealt with: else it counts as uncaught in the host of all extensions.
        event.preventDefault();
        listener(new Error(event.message));
      }),
    terminate: () => worker.terminate(),
  };
}
