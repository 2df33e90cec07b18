import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type ExtensionContext,
  env,
  l10n,
  Uri,
  type WebviewPanel,
  window,
} from 'vscode';
import { type Call, createChannel } from '../../protocol/channel.ts';
import type { PacketView, PacketViewHost } from '../../protocol/packets.ts';
import type { Sessions } from '../incident/sessions.ts';
import type { ProfileChoice } from '../kernel/profile-choice.ts';
import type { Platform } from '../platform.ts';
import { timeFormat } from '../settings.ts';
import { type CaptureDocument, openCaptureDocument } from './capture-document.ts';
import { type CaptureExplainer, explainCapture } from './capture-explainer.ts';
import { exportConnection } from './export-connection.ts';
import { packetTexts } from './packet-texts.ts';
import { pageHtml } from './page-html.ts';

/** The editor of capture files, as package.json names it. */
export const CAPTURE_EDITOR = 'tuplescope.packets';

/** Shows the packets of capture files. */
export interface CaptureEditors extends Disposable {
  /** Selects a packet in the editor of a file, now or once it is open. */
  reveal(uri: Uri, n: number): void;
}

/** A capture file that is shown, and what explains it, however many editors show it. */
interface ShownCapture extends CustomDocument {
  readonly document: CaptureDocument;
  readonly explainer: CaptureExplainer;
}

/** Registers the read-only editor of capture files. */
export function registerCaptureEditors(
  { extensionUri }: ExtensionContext,
  platform: Platform,
  sessions: Sessions,
  choice: ProfileChoice,
): CaptureEditors {
  const views = new Map<string, Call<PacketView>>();
  /** Packets to be selected when the page of a file is there. */
  const awaited = new Map<string, number>();

  const open = (uri: Uri): ShownCapture => {
    const document = openCaptureDocument(platform, uri);
    const explainer = explainCapture(sessions, choice, document);
    const dispose = (): void => {
      explainer.dispose();
      document.dispose();
    };
    return { uri, document, explainer, dispose };
  };

  const show = ({ document, explainer }: ShownCapture, panel: WebviewPanel): void => {
    const { webview } = panel;
    const key = document.uri.toString();
    const asset = (path: string): string =>
      String(webview.asWebviewUri(Uri.joinPath(extensionUri, path)));
    webview.options = {
      enableScripts: true,
      localResourceRoots: [
        Uri.joinPath(extensionUri, 'dist/webview'),
        Uri.joinPath(extensionUri, 'media'),
      ],
    };
    let isReady = false;
    const showKernel = (): void => {
      const { kernel, contradictions } = explainer;
      if (panel.active && kernel !== null) choice.show(panel, kernel, contradictions);
      else choice.hide(panel);
    };
    const tell = (): void => {
      showKernel();
      if (isReady) void call('explained', explainer.by);
    };
    const { call, close } = createChannel<PacketView, PacketViewHost>(
      {
        post: (message) => void webview.postMessage(message),
        listen: (listener) => webview.onDidReceiveMessage(listener),
      },
      {
        ready: () => {
          isReady = true;
          setTimeout(() => void call('explained', explainer.by), 0);
          const n = awaited.get(key);
          awaited.delete(key);
          if (n !== undefined) setTimeout(() => void call('reveal', n), 0);
          return { status: document.status, texts: packetTexts(l10n.t), format: timeFormat() };
        },
        page: (wanted) => document.call('packetPage', wanted),
        rowOf: (n) => document.call('rowOfPacket', n),
        detail: (n) => document.call('packetDetail', n),
        filter: async (filter) => {
          const n = filter?.connection ?? null;
          const connection = n === null ? null : await explainer.connectionOf(n);
          const status = await document.call('filterPackets', { filter, connection });
          document.update();
          return status;
        },
        step: (step) => document.call('stepToDifference', step),
        explain: (numbers) => explainer.rows(numbers),
        explanation: (n) => explainer.packet(n),
        chooseKernel: (which) => choice.choose(which),
        whatIf: (wanted) => explainer.whatIf(wanted),
        exportConnection: async ({ n, format }) =>
          exportConnection(document.uri, n, format, await explainer.write(n, format)),
        copy: async (text) => env.clipboard.writeText(text),
      },
    );
    views.set(key, call);
    const following = [
      document.onDidChange((status) => {
        if (isReady) void call('status', status);
      }),
      explainer.onDidChange(tell),
      explainer.onDidJudge(() => {
        if (isReady) void call('judged', undefined);
      }),
    ];
    panel.onDidChangeViewState(showKernel);
    panel.onDidDispose(() => {
      close('closed');
      choice.hide(panel);
      for (const one of following) one.dispose();
      if (views.get(key) === call) views.delete(key);
    });
    showKernel();
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      script: asset('dist/webview/packets.js'),
      style: asset('media/packets.css'),
      title: document.uri.path,
    });
  };

  const provider: CustomReadonlyEditorProvider<ShownCapture> = {
    openCustomDocument: open,
    resolveCustomEditor: show,
  };
  const registered = window.registerCustomEditorProvider(CAPTURE_EDITOR, provider);
  return {
    reveal: (uri, n) => {
      const call = views.get(uri.toString());
      if (call === undefined) awaited.set(uri.toString(), n);
      else void call('reveal', n);
    },
    dispose: () => registered.dispose(),
  };
}
