import { createChannel } from '../../protocol/channel.ts';
import { createAnalysisWorker } from '../worker/analysis-worker.ts';

createChannel(
  {
    post: (message, transfer = []) => postMessage(message, { transfer: [...transfer] }),
    listen: (listener) => addEventListener('message', ({ data }) => listener(data)),
  },
  createAnalysisWorker(),
);
