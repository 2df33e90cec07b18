import {
  type CustomDocument,
  type Disposable,
  type Event,
  EventEmitter,
  l10n,
  RelativePattern,
  Uri,
  workspace,
} from 'vscode';
import { type Call, createChannel } from '../../protocol/channel.ts';
import type { JudgeApi } from '../../protocol/explanations.ts';
import type { SentKnowledge } from '../../protocol/knowledge.ts';
import type { CaptureSource, CaptureStatus, PacketsApi } from '../../protocol/packets.ts';
import type { Platform, WorkerHandle } from '../platform.ts';
import { onDidType } from '../typing.ts';

/** A capture file that is shown, however many editors show it. */
export interface CaptureDocument extends CustomDocument {
  readonly uri: Uri;
  readonly call: Call<PacketsApi>;
  readonly status: CaptureStatus;
  /** Counts how often the file was read, because it changed. */
  readonly version: number;
  /** Fires while the file is read, and when it changes. */
  readonly onDidChange: Event<CaptureStatus>;
  /** Looks at the worker's progress again. */
  update(): void;
  /** Begins to explain the file as it is now, whatever its size, in a worker of its own. */
  startJudge(knowledge: SentKnowledge): Promise<Call<JudgeApi>>;
}

/** A larger file is not read where it has to be read as a whole: it would fill the memory. */
const MAX_WHOLE_BYTES = 256 << 20;

/** How often progress is shown, in milliseconds. */
const TICK = 150;

const NOTHING: CaptureStatus = {
  packets: 0,
  read: 0,
  size: 0,
  isComplete: false,
  firstAt: null,
  order: 'as-captured',
  problems: [],
  failure: null,
  filter: null,
};

/** Begins to read a capture file in a worker of its own, which ends when the file is closed. */
export function openCaptureDocument(platform: Platform, uri: Uri): CaptureDocument {
  const worker = platform.startWorker('prompt');
  const { call, close } = createChannel<PacketsApi>(worker.port, {});
  const changed = new EventEmitter<CaptureStatus>();
  let status = NOTHING;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;
  let version = 0;
  let judge: { handle: WorkerHandle; call: Call<JudgeApi> } | null = null;

  const tell = (now: CaptureStatus): void => {
    status = { ...now, failure: failureText(now.failure) };
    if (!isDisposed) changed.fire(status);
  };

  const fail = (error: Error): void =>
    tell({ ...NOTHING, isComplete: true, failure: error.message });

  const failToRead = async (error: Error): Promise<void> => {
    const isThere = await Promise.resolve(workspace.fs.stat(uri)).then(
      () => true,
      () => false,
    );
    fail(isThere ? error : new Error('gone'));
  };

  const follow = async (): Promise<void> => {
    clearTimeout(timer);
    const now = await call('captureStatus', undefined);
    tell(now);
    const isAtWork = !now.isComplete || (now.filter !== null && !now.filter.isComplete);
    if (isAtWork && !isDisposed) timer = setTimeout(update, TICK);
  };

  const update = (): void => void follow().catch(fail);

  const read = async (): Promise<void> => {
    version++;
    const source = await sourceOf(platform, uri);
    tell(await call('openCapture', source));
    update();
  };

  const startJudge = async (knowledge: SentKnowledge): Promise<Call<JudgeApi>> => {
    judge?.handle.terminate();
    const handle = platform.startWorker('patient');
    const channel = createChannel<JudgeApi>(handle.port, {});
    judge = { handle, call: channel.call };
    handle.onFailure((error) => channel.close(error.message));
    const source = await sourceOf(platform, uri);
    await channel.call('openJudge', { source, path: uri.path, knowledge });
    return channel.call;
  };

  worker.onFailure((error) => {
    close(error.message);
    fail(error);
  });
  void read().catch(failToRead);

  const watcher = watch(uri, () => void read().catch(failToRead));
  const typing = onDidType(() => {
    void call('pauseReading', undefined).catch(() => undefined);
    void judge?.call('pauseJudging', undefined).catch(() => undefined);
  });
  return {
    uri,
    call,
    get status() {
      return status;
    },
    get version() {
      return version;
    },
    onDidChange: changed.event,
    update,
    startJudge,
    dispose: () => {
      isDisposed = true;
      judge?.handle.terminate();
      clearTimeout(timer);
      watcher.dispose();
      typing.dispose();
      worker.terminate();
      close('closed');
      changed.dispose();
    },
  };
}

async function sourceOf({ opensFiles }: Platform, uri: Uri): Promise<CaptureSource> {
  if (opensFiles && uri.scheme === 'file') return { path: uri.fsPath };
  const { size } = await workspace.fs.stat(uri);
  if (size > MAX_WHOLE_BYTES) {
    throw new Error(
      l10n.t(
        'This file has {0} MiB. Where the editor runs in a browser, or the file lies in no local folder, captures of up to {1} MiB can be opened.',
        Math.ceil(size / (1 << 20)),
        MAX_WHOLE_BYTES >> 20,
      ),
    );
  }
  const bytes = new Uint8Array(await workspace.fs.readFile(uri));
  return { bytes, handsOver: [bytes.buffer] };
}

/** A capture that is still being written changes often; it is read again after a pause. */
function watch(uri: Uri, onChange: () => void): Disposable {
  const folder = Uri.joinPath(uri, '..');
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const pattern = new RelativePattern(folder, name.replaceAll(/[[\]{}*?]/g, '[$&]'));
  const watcher = workspace.createFileSystemWatcher(pattern);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, PAUSE);
  };
  watcher.onDidChange(wait);
  watcher.onDidCreate(wait);
  watcher.onDidDelete(wait);
  return {
    dispose: () => {
      clearTimeout(timer);
      watcher.dispose();
    },
  };
}

/** In milliseconds. */
const PAUSE = 1000;

/** A worker has no words of its own for a reader. */
function failureText(failure: string | null): string | null {
  switch (failure) {
    case 'gone':
      return l10n.t('This file is not there any more. It is shown again once it is.');
    case 'not-a-capture':
      return l10n.t('This is no packet capture: neither pcap nor pcapng begins so.');
    case 'too-large-unpacked':
      return l10n.t(
        'Unpacked, this file has more than 512 MiB. Unpack it to a folder and open that.',
      );
    default:
      return failure;
  }
}
