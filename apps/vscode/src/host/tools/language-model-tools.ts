import {
  Disposable,
  FileType,
  LanguageModelTextPart,
  type LanguageModelTool,
  LanguageModelToolResult,
  l10n,
  lm,
  Uri,
  workspace,
} from 'vscode';
import type {
  AnalyzeWanted,
  ExplainPacketWanted,
  SimulateWanted,
  ToolAnswer,
} from '../../protocol/tools.ts';
import type { Session } from '../incident/session.ts';
import type { Sessions } from '../incident/sessions.ts';
import { resolveIncident } from './resolve-incident.ts';

/** Each tool's input, as its schema in package.json has it: which incident, and what of it. */
type Input<Wanted> = Wanted & { readonly incident?: string };

interface Tool<Wanted> {
  /** What is done, said before and while it is. */
  says(input: Input<Wanted>): string;
  answer(session: Session, wanted: Wanted): Promise<ToolAnswer>;
}

/**
 * Registers the tools that a language model may call, where the editor has any. They read files of the
 * workspace or of an open incident; nothing is run, fetched or written.
 */
export function registerTools(sessions: Sessions): Disposable {
  // Editors that are made from this one may not have them.
  if (typeof lm?.registerTool !== 'function') return Disposable.from();
  const register = <Wanted extends object>(name: string, tool: Tool<Wanted>): Disposable =>
    lm.registerTool<Input<Wanted>>(name, toolOf(sessions, tool));
  return Disposable.from(
    register<AnalyzeWanted>('analyze_incident', {
      says: ({ incident }) =>
        l10n.t('Read the captured output in {0} and look for ports that collide', named(incident)),
      answer: (session, wanted) => session.tell('analyzeTool', wanted),
    }),
    register<ExplainPacketWanted>('explain_packet', {
      says: ({ incident, packet }) =>
        l10n.t(
          'Explain packet {0} of {1} by what the kernel does with it',
          packet,
          named(incident),
        ),
      answer: (session, wanted) => session.tell('explainTool', wanted),
    }),
    register<SimulateWanted>('simulate_connect', {
      says: ({ incident }) =>
        l10n.t('Try the connect of {0} again in a simulated pod', named(incident)),
      answer: (session, wanted) => session.tell('simulateTool', wanted),
    }),
  );
}

function toolOf<Wanted extends object>(
  sessions: Sessions,
  { says, answer }: Tool<Wanted>,
): LanguageModelTool<Input<Wanted>> {
  return {
    prepareInvocation: ({ input }) => ({
      invocationMessage: says(input),
      confirmationMessages: {
        title: 'Tuplescope',
        message: l10n.t('{0}? Files are only read.', says(input)),
      },
    }),
    invoke: async ({ input }) => {
      const { incident, ...wanted } = input;
      const session = await sessionFor(sessions, incident);
      const { text, json } = await answer(session, wanted as unknown as Wanted);
      return new LanguageModelToolResult([
        new LanguageModelTextPart(text),
        new LanguageModelTextPart(json),
      ]);
    },
  };
}

function named(incident: string | undefined): string {
  return incident === undefined || incident === '' ? l10n.t('the open incident') : incident;
}

async function sessionFor(sessions: Sessions, wanted: string | undefined): Promise<Session> {
  const { folders: open } = sessions;
  const folders = workspace.workspaceFolders ?? [];
  const found = resolveIncident(wanted, {
    open: open.map(({ root }) => root.path),
    folders: folders.map(({ uri }) => uri.path),
  });
  const session =
    'open' in found
      ? open[found.open]
      : await openIn(sessions, folders[found.folder]?.uri, found.path);
  if (session === undefined) throw new Error('The incident was closed.');
  await session.settled();
  if (session.failure !== null) throw new Error(session.failure);
  return session;
}

async function openIn(
  sessions: Sessions,
  folder: Uri | undefined,
  path: string,
): Promise<Session | undefined> {
  if (folder === undefined) return undefined;
  const root = path === '' ? folder : Uri.joinPath(folder, path);
  const { type } = await workspace.fs.stat(root);
  return sessions.openIncident(root, (type & FileType.Directory) !== 0);
}
