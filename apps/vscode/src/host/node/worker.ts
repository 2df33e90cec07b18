import { parentPort } from 'node:worker_threads';
import { createChannel } from '../../protocol/channel.ts';
import { createAnalysisWorker } from '../worker/analysis-worker.ts';

createChannel(
  {
    post: (message, transfer = []) => parentPort?.postMessage(message, [...transfer]),
    listen: (listener) => parentPort?.on('message', listener),
  },
  createAnalysisWorker(),
);
