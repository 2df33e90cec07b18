import {
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
import type { ExplainedBy, PacketView, PacketViewHost } from '../../protocol/packets.ts';
import type { Sessions } from '../incident/sessions.ts';
import type { ProfileChoice } from '../kernel/profile-choice.ts';
import type { Platform } from '../platform.ts';
import { type CaptureDocument, openCaptureDocument } from './capture-document.ts';
import { type CaptureExplainer, explainCapture } from './capture-explainer.ts';
import { packetTexts } from './packet-texts.ts';
import { pageHtml } from './page-html.ts';

/** The editor of capture files, as package.json names it. */
export const CAPTURE_EDITOR = 'tuplescope.packets';

/** Shows the packets of capture files. */
export interface CaptureEditors extends Disposable {
  /** Selects a packet in the editor of a file, now or once it is open. */
  reveal(uri: Uri, n: number): void;
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

  const provider: CustomReadonlyEditorProvider<CaptureDocument> = {
    openCustomDocument: (uri) => openCaptureDocument(platform, uri),
    resolveCustomEditor: (document, panel) => show(document, panel),
  };

  const show = (document: CaptureDocument, panel: WebviewPanel): void => {
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
    let explained: ExplainedBy = { kernel: '', problem: null };
    let isReady = false;
    const showKernel = (): void => {
      if (panel.active && explainer.kernel !== null) choice.show(panel, explainer.kernel);
      else choice.hide(panel);
    };
    const explainer: CaptureExplainer = explainCapture(sessions, choice, document.uri, (by) => {
      explained = by;
      showKernel();
      if (isReady) void call('explained', by);
    });
    const { call, close } = createChannel<PacketView, PacketViewHost>(
      {
        post: (message) => void webview.postMessage(message),
        listen: (listener) => webview.onDidReceiveMessage(listener),
      },
      {
        ready: () => {
          isReady = true;
          setTimeout(() => void call('explained', explained), 0);
          const n = awaited.get(key);
          awaited.delete(key);
          if (n !== undefined) setTimeout(() => void call('reveal', n), 0);
          return { status: document.status, texts: packetTexts(l10n.t) };
        },
        page: (wanted) => document.call('packetPage', wanted),
        detail: (n) => document.call('packetDetail', n),
        filter: async (filter) => {
          const status = await document.call('filterPackets', filter);
          document.update();
          return status;
        },
        explain: (numbers) => explainer.rows(numbers),
        explanation: (n) => explainer.packet(n),
        copy: async (text) => env.clipboard.writeText(text),
      },
    );
    views.set(key, call);
    const following = document.onDidChange((status) => void call('status', status));
    panel.onDidChangeViewState(showKernel);
    panel.onDidDispose(() => {
      close('closed');
      explainer.dispose();
      choice.hide(panel);
      following.dispose();
      views.delete(key);
    });
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      script: asset('dist/webview/packets.js'),
      style: asset('media/packets.css'),
      title: document.uri.path,
    });
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
