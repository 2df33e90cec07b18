import {
  type CodeLens,
  commands,
  type Definition,
  type DocumentSymbol,
  extensions,
  type Hover,
  type Location,
  languages,
  lm,
  Position,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { holds, matches, same } from './check.ts';
import type { TestName } from './test-names.ts';

const EXTENSION = 'tuplescope.tuplescope-vscode';
const SOCKETS = '6-reconnect-0.4s/ss-naoep.txt';

/** The manifest's commands and tools. */
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

/** Each test, by its name. */
export const TESTS: Readonly<Record<TestName, () => Promise<void>>> = {
  'starts when a text is opened, and registers each of its commands': async () => {
    await openIn(SOCKETS);
    const { isActive, contributes } = own();
    await until(isActive);
    const known = new Set(await commands.getCommands(true));
    const missing = contributes.commands.filter(({ command }) => !known.has(command));
    same(missing, []);
  },

  'lists in Problems what a transcript shows, with related places': async () => {
    const { uri } = await openIn('transcript.md');
    const found = await until(() => languages.getDiagnostics(uri).find(({ code }) => code));
    matches(found.message, /44410/);
    same(found.source, 'Tuplescope');
    holds((found.relatedInformation?.length ?? 0) > 1, 'there are no related places');
    const document = await workspace.openTextDocument(uri);
    same(document.getText(found.range), '44410');
  },

  'says on hover what a field means, and on a port what was found': async () => {
    const document = await openIn(SOCKETS);
    const field = await hoverAt(document, 'SYN-SENT', 'timer:');
    matches(field, /retransmission timer/);
    const port = await hoverAt(document, 'SYN-SENT', '44410');
    matches(port, /Outbound port collision/);
    matches(port, /command:tuplescope\.openEvidence/);
  },

  'leads from the socket to its entry, and to its packets and log lines': async () => {
    const document = await openIn(SOCKETS);
    await untilRead(document.uri);
    const at = placeOf(document, 'SYN-SENT', '44410');
    const definitions = (await commands.executeCommand<Definition>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at,
    )) as Location[];
    const places = (await commands.executeCommand<Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      at,
    )) as Location[];
    same(namesOf(definitions).has('conntrack-L.txt'), true);
    for (const name of ['conntrack-L.txt', 'dmesg-T.txt', 'tcpdump-lo.txt']) {
      holds(namesOf(places).has(name), `${name} is not among ${[...namesOf(places)]}`);
    }
  },

  'outlines a text by commands and records': async () => {
    const { uri } = await openIn(SOCKETS);
    await untilRead(uri);
    const symbols = await commands.executeCommand<DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const names = symbols.flatMap(({ children }) => children.map(({ name }) => name));
    holds(names.includes('172.29.73.7:44410 → 172.21.206.198:7777'), names.join('\n'));
  },

  'offers findings above lines, unless a setting says no': async () => {
    const { uri } = await openIn(SOCKETS);
    await untilRead(uri);
    const lenses = () => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
    holds((await lenses()).length > 0, 'there are none');
    const settings = workspace.getConfiguration('tuplescope');
    await settings.update('codeLens', false, true);
    same(await lenses(), []);
    await settings.update('codeLens', undefined, true);
  },

  'gives language models its tools, where the editor has any': async () => {
    if (typeof lm?.registerTool !== 'function') return;
    const wanted = own().contributes.languageModelTools.map(({ name }) => name);
    const known = lm.tools.map(({ name }) => name);
    same(
      wanted.filter((name) => !known.includes(name)),
      [],
    );
  },

  'opens the sample incident, which comes with it': async () => {
    await commands.executeCommand('tuplescope.openSample');
    const document = window.activeTextEditor?.document;
    same(document?.uri.scheme, 'tuplescope-sample');
    const uri = document?.uri ?? Uri.parse('x:');
    const found = await until(() => languages.getDiagnostics(uri).find(({ code }) => code));
    matches(found.message, /44410 collides/);
  },

  'writes the report in each format': async () => {
    const root = folder();
    const { uri } = await openIn(SOCKETS);
    await untilRead(uri);
    for (const [format, start] of REPORTS) {
      const target = Uri.joinPath(root, `../report.${format}`);
      const wanted = { format, incident: root.toString(), target: target.toString() };
      await commands.executeCommand('tuplescope.exportReport', wanted);
      const text = new TextDecoder().decode(await workspace.fs.readFile(target));
      await workspace.fs.delete(target);
      same(text.slice(0, start.length), start);
      matches(text, /44410/);
    }
  },
};

const REPORTS = [
  ['markdown', '# Tuplescope: '],
  ['html', '<!doctype html>'],
  ['sarif', '{'],
  ['json', '{'],
] as const;

function own(): Manifest & { isActive(): boolean } {
  const extension = extensions.getExtension(EXTENSION);
  holds(extension, 'it is not installed');
  const { contributes } = extension.packageJSON as Manifest;
  return { contributes, isActive: () => extension.isActive };
}

function folder(): Uri {
  const [first] = workspace.workspaceFolders ?? [];
  holds(first, 'no folder is open');
  return first.uri;
}

async function openIn(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.joinPath(folder(), path));
  await window.showTextDocument(document);
  return document;
}

/** What was read shows in Problems. */
async function untilRead(uri: Uri): Promise<void> {
  await until(() => languages.getDiagnostics(uri).length > 0);
}

async function hoverAt(document: TextDocument, line: string, word: string): Promise<string> {
  await untilRead(document.uri);
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    placeOf(document, line, word),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

function placeOf(document: TextDocument, words: string, word: string): Position {
  const lines = document.getText().split(/\r?\n/);
  const line = lines.findIndex((text) => text.includes(words));
  return new Position(line, (lines[line] ?? '').indexOf(word) + 1);
}

function namesOf(locations: readonly Location[]): Set<string> {
  return new Set(locations.map(({ uri }) => uri.path.slice(uri.path.lastIndexOf('/') + 1)));
}

/** Waits for something that is true, and gives it. */
async function until<Value>(ask: () => Value | undefined | false): Promise<Value> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const value = ask();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come within a minute');
}
