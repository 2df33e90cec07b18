import {
  type Disposable,
  type Event,
  EventEmitter,
  RelativePattern,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import type {
  Analysis,
  AnalysisApi,
  RelatedPlace,
  ReportFormat,
  SentFile,
  TextRange,
} from '../../protocol/analysis.ts';
import { type Call, type Channel, createChannel } from '../../protocol/channel.ts';
import type { ExplanationsApi } from '../../protocol/explanations.ts';
import type { ToolsApi } from '../../protocol/tools.ts';
import type { Platform, WorkerHandle } from '../platform.ts';
import { utcOffset } from '../settings.ts';
import { ARCHIVE_SCHEME, memberUri } from './archive-uri.ts';
import { collectFiles, type FileProblem, type FoundFile } from './collect-files.ts';
import { folderOf, nameOf, onlyFile } from './stored-files.ts';

/** The files of one incident, read together and again when one of them changes. */
export interface Session extends Disposable {
  /** The folder, or the one document. */
  readonly root: Uri;
  readonly isFolder: boolean;
  /** What was found in the last reading; null before the first. */
  readonly analysis: Analysis | null;
  /** Why there is no analysis, or null. */
  readonly failure: string | null;
  /** Files and folders that were passed over. */
  readonly problems: readonly FileProblem[];
  /** Files that are too large to be read with the others. */
  readonly large: readonly FoundFile[];
  /** Fires after each reading. */
  readonly onDidAnalyze: Event<void>;
  /** Gives the name of a file in the analysis, or null for one of another incident. */
  pathOf(uri: Uri): string | null;
  uriOf(path: string): Uri;
  /** Reads the document instead of what is stored, until it is closed. */
  follow(document: TextDocument): void;
  /** Reads what is stored again. */
  forget(document: TextDocument): void;
  /** Asks for a reading soon. */
  refresh(): void;
  /** Waits until what changed so far was read. */
  settled(): Promise<void>;
  related(path: string, range: TextRange): Promise<readonly RelatedPlace[]>;
  report(format: ReportFormat, version: string): Promise<string>;
  /** Gives the content of a file of the incident, out of an archive too. */
  member(path: string): Promise<Uint8Array | null>;
  /** Asks what a kernel does with the packets that were read. */
  readonly explain: Call<ExplanationsApi>;
  /** Asks what a language model is told of what was read. */
  readonly tell: Call<ToolsApi>;
}

/** What the worker of an incident answers. */
type WorkerApi = AnalysisApi & ExplanationsApi & ToolsApi;

/** A pause in typing that lets a reading begin, in milliseconds. */
const PAUSE = 300;

/** A larger file is not read with others: it would fill the memory. Opened alone it is. */
const MAX_FILE_BYTES = 64 << 20;

/** More than this in one incident is not read at once. */
const MAX_TOTAL_BYTES = 256 << 20;

/** Opens a folder, or one document alone, as an incident. */
export function openSession(platform: Platform, root: Uri, isFolder: boolean): Session {
  const analyzed = new EventEmitter<void>();
  const documents = new Map<string, TextDocument>();
  let worker: { handle: WorkerHandle; channel: Channel<WorkerApi> } | null = null;
  /** The versions that the worker has. */
  let sent = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: Promise<void> | null = null;
  let isStale = false;
  /** A change waits to be read, or is being read; who waits for that is told. */
  let isPending = false;
  let waiting: (() => void)[] = [];
  let isDisposed = false;

  const state = {
    analysis: null as Analysis | null,
    failure: null as string | null,
    problems: [] as readonly FileProblem[],
    large: [] as readonly FoundFile[],
  };

  const base = root.path.replace(/\/+$/, '');
  const uriOf = (path: string): Uri =>
    isPackedPath(path) ? memberUri(root, path) : isFolder ? Uri.joinPath(root, path) : root;
  /** A capture that is packed alone opens as the file that it lies in. */
  const isPackedPath = (path: string): boolean => {
    const isPacked = state.analysis?.packed.includes(path) ?? false;
    return isPacked && (path.includes('!/') || !/\.(?:pcap|pcapng|cap)\.\w+$/.test(path));
  };
  const pathOf = (uri: Uri): string | null => {
    if (uri.scheme === ARCHIVE_SCHEME)
      return uri.query === root.toString() ? uri.path.slice(1) : null;
    if (!isFolder) return uri.toString() === root.toString() ? nameOf(root) : null;
    const isSame = uri.scheme === root.scheme && uri.authority === root.authority;
    return isSame && uri.path.startsWith(`${base}/`) ? uri.path.slice(base.length + 1) : null;
  };

  const call: Call<WorkerApi> = (method, params) => {
    worker ??= start();
    return worker.channel.call(method, params);
  };

  const start = (): NonNullable<typeof worker> => {
    const handle = platform.startWorker('patient');
    handle.onFailure((error) => stop(error.message));
    sent = new Map();
    return { handle, channel: createChannel<WorkerApi>(handle.port, {}) };
  };

  const stop = (why: string): void => {
    worker?.handle.terminate();
    worker?.channel.close(why);
    worker = null;
  };

  const fail = (why: string): void => {
    state.failure = why;
    if (!isDisposed) analyzed.fire();
  };

  const read = async (): Promise<void> => {
    const files = await filesToSend();
    if (isDisposed) return;
    const analysis = await call('analyze', { files, utcOffsetHours: utcOffset() });
    sent = new Map(files.map(({ path, version }) => [path, version]));
    state.analysis = analysis;
    state.failure = null;
    analyzed.fire();
  };

  const filesToSend = async (): Promise<SentFile[]> => {
    const found = isFolder ? await collectFiles(folderOf(root)) : await onlyFile(root);
    const files = new Map(found.files.map((file) => [file.path, file]));
    for (const [path, document] of documents) {
      files.set(path, { path, size: 0, version: `open ${document.version}` });
    }
    const mostBytes = isFolder ? MAX_FILE_BYTES : MAX_TOTAL_BYTES;
    const large: FoundFile[] = [];
    const toSend: SentFile[] = [];
    let total = 0;
    for (const file of files.values()) {
      total += file.size;
      if (file.size > mostBytes || total > MAX_TOTAL_BYTES) {
        total -= file.size;
        large.push(file);
      } else {
        const isSent = worker !== null && sent.get(file.path) === file.version;
        toSend.push({
          path: file.path,
          version: file.version,
          ...(isSent ? { bytes: null } : await contentOf(file)),
        });
      }
    }
    state.problems = found.problems;
    state.large = large;
    return toSend;
  };

  const contentOf = async ({ path }: FoundFile): Promise<Pick<SentFile, 'bytes' | 'local'>> => {
    const document = documents.get(path);
    if (document !== undefined) return { bytes: new TextEncoder().encode(document.getText()) };
    const uri = uriOf(path);
    if (platform.opensFiles && uri.scheme === 'file') return { bytes: null, local: uri.fsPath };
    try {
      // The editor's own bytes may be a view into a larger buffer.
      return { bytes: new Uint8Array(await workspace.fs.readFile(uri)) };
    } catch {
      return { bytes: new Uint8Array() };
    }
  };

  const refresh = (): void => {
    isPending = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      void readNow();
    }, PAUSE);
  };

  /** One reading at a time; what changed during one is read after it. */
  const readNow = async (): Promise<void> => {
    isStale = true;
    if (reading !== null) return;
    while (isStale && !isDisposed) {
      isStale = false;
      reading = read();
      await reading.catch((error: Error) => fail(error.message));
    }
    reading = null;
    if (timer === undefined) settle();
  };

  const settle = (): void => {
    isPending = false;
    for (const done of waiting) done();
    waiting = [];
  };

  const watchers: Disposable[] = [analyzed];
  if (isFolder) {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(root, '**/*'));
    watchers.push(
      watcher,
      watcher.onDidChange(refresh),
      watcher.onDidCreate(refresh),
      watcher.onDidDelete(refresh),
    );
  }

  return {
    root,
    isFolder,
    get analysis() {
      return state.analysis;
    },
    get failure() {
      return state.failure;
    },
    get problems() {
      return state.problems;
    },
    get large() {
      return state.large;
    },
    onDidAnalyze: analyzed.event,
    pathOf,
    uriOf,
    follow: (document) => {
      const path = pathOf(document.uri);
      // What is packed cannot be edited; it is read with its archive.
      if (path === null || document.uri.scheme === ARCHIVE_SCHEME) return;
      documents.set(path, document);
      refresh();
    },
    forget: (document) => {
      const path = pathOf(document.uri);
      if (path !== null && documents.delete(path)) refresh();
    },
    refresh,
    settled: async () => {
      if (isPending) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    related: async (path, { line, character }) => call('related', { path, line, character }),
    explain: call,
    tell: call,
    member: async (path) => call('member', path),
    report: async (format, version) => call('report', { format, version }),
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      stop('closed');
      settle();
      for (const watcher of watchers) watcher.dispose();
    },
  };
}
