import { type Disposable, type Event, EventEmitter, l10n } from 'vscode';
import type { Call } from '../../protocol/channel.ts';
import type {
  CaptureVerdicts,
  ConnectionFormat,
  ExplainApi,
  ExplainedPacket,
  ExplainingKernel,
  JudgeApi,
} from '../../protocol/explanations.ts';
import type { Compared, ExplainedBy } from '../../protocol/packets.ts';
import type { WhatIf, WhatIfWanted } from '../../protocol/what-if.ts';
import type { Session } from '../incident/session.ts';
import type { Sessions } from '../incident/sessions.ts';
import type { ProfileChoice } from '../kernel/profile-choice.ts';
import type { CaptureDocument } from './capture-document.ts';

/** Explains the packets of one capture file by the kernels in use. */
export interface CaptureExplainer extends Disposable {
  readonly by: ExplainedBy;
  /** The kernel that explains, once it is known. */
  readonly kernel: ExplainingKernel | null;
  /** Packets that it would have treated otherwise. */
  readonly contradictions: number;
  /** Fires when `by` changes. */
  readonly onDidChange: Event<void>;
  /** Fires when other verdicts are there than before. */
  readonly onDidJudge: Event<void>;
  rows(numbers: Uint32Array): Promise<Compared<readonly string[]>>;
  packet(n: number): Promise<Compared<ExplainedPacket>>;
  /** The packets of a packet's connection; null where that is not known. */
  connectionOf(n: number): Promise<Uint32Array | null>;
  write(n: number, format: ConnectionFormat): Promise<string | null>;
  whatIf(wanted: Omit<WhatIfWanted, 'profile'>): Promise<WhatIf | { readonly problem: string }>;
}

/** How often progress is asked for, in milliseconds. */
const TICK = 300;

const NOTHING: ExplainedBy = { kernel: '', other: null, percent: null, notes: [] };

/**
 * Explains a capture with all that its incident tells: sockets, rules, the kernel's name. One that is
 * too large to be read with its incident is judged by a worker of its own.
 */
export function explainCapture(
  sessions: Sessions,
  choice: ProfileChoice,
  document: CaptureDocument,
): CaptureExplainer {
  const { uri } = document;
  const changed = new EventEmitter<void>();
  const judged = new EventEmitter<void>();
  let session: Session = sessions.openCapture(uri);
  let reading = session.analysis;
  let version = 0;
  let kernel: ExplainingKernel | null = null;
  let other: ExplainingKernel | null = null;
  let contradictions = 0;
  let by = NOTHING;
  /** What answers, once the kernel is known. */
  let ask: Call<ExplainApi> | null = null;
  let judge: { call: Call<JudgeApi>; version: number } | null = null;
  /** Counts the updates: only the last one tells. */
  let last = 0;
  let isDisposed = false;

  const tell = (now: Partial<ExplainedBy>): void => {
    by = { ...by, ...now };
    if (!isDisposed) changed.fire();
  };

  const wanted = (profile: string | null): { path: string; profile: string | null } => ({
    path: session.pathOf(uri) ?? '',
    profile,
  });

  const update = async (): Promise<void> => {
    const mine = ++last;
    const isOld = (): boolean => mine !== last || isDisposed;
    session = sessions.openCapture(uri);
    if (session.analysis === null) return;
    reading = session.analysis;
    const { profile } = choice;
    const otherProfile = choice.other;
    let answering: Call<ExplainApi> = session.explain;
    let found = await answering('explainKernel', wanted(profile));
    const isAlone = typeof found === 'string';
    if (isAlone) {
      // Judged is the whole file; while it is read, the reader waits for its rows.
      if (isOld() || !document.status.isComplete || document.status.failure !== null) return;
      answering = await judgeCall();
      found = await answering('explainKernel', wanted(profile));
    }
    if (isOld() || typeof found === 'string') return;
    const compared =
      otherProfile === null ? null : await answering('explainKernel', wanted(otherProfile));
    if (isOld()) return;
    kernel = found;
    other = compared === null || typeof compared === 'string' ? null : compared;
    ask = answering;
    tell({ kernel: found.title, other: other?.title ?? null, percent: 0 });
    const stop = isAlone ? followProgress() : () => undefined;
    try {
      const own = await verdictsBy(answering, profile);
      if (isOld()) return;
      contradictions = own?.contradictions ?? 0;
      await put(own, null);
      const others =
        otherProfile === null || own === null
          ? null
          : await verdictsBy(answering, otherProfile, profile);
      if (isOld()) return;
      if (others !== null) await put(own, others);
      tell({ percent: null, notes: notesOf(isAlone, own) });
    } finally {
      stop();
    }
  };

  const verdictsBy = async (
    answering: Call<ExplainApi>,
    profile: string | null,
    than?: string | null,
  ): Promise<CaptureVerdicts | null> => {
    const compared = than === undefined ? {} : { than };
    const answer = await answering('explainVerdicts', { ...wanted(profile), ...compared });
    return typeof answer === 'string' ? null : answer;
  };

  const put = async (
    own: CaptureVerdicts | null,
    others: CaptureVerdicts | null,
  ): Promise<void> => {
    await document.call('putVerdicts', {
      own: own?.verdicts ?? null,
      other: others?.verdicts ?? null,
    });
    document.update();
    judged.fire();
  };

  const judgeCall = async (): Promise<Call<JudgeApi>> => {
    if (judge?.version === document.version) return judge.call;
    const knowledge = await session.explain('incidentKnowledge', wanted(null).path);
    const now = document.version;
    judge = { call: await document.startJudge(knowledge), version: now };
    return judge.call;
  };

  const followProgress = (): (() => void) => {
    const timer = setInterval(() => {
      void judge?.call('judgeProgress', undefined).then(({ done, all }) => {
        if (by.percent !== null) tell({ percent: Math.floor((done / all) * 100) });
      });
    }, TICK);
    return () => clearInterval(timer);
  };

  const run = (): void =>
    void update().catch((error: Error) => tell({ percent: null, notes: [error.message] }));

  const subscriptions = [
    changed,
    judged,
    sessions.onDidChange(() => {
      const now = sessions.openCapture(uri);
      if (now !== session || now.analysis !== reading) run();
    }),
    choice.onDidChange(run),
    document.onDidChange(({ isComplete }) => {
      if (!isComplete || version === document.version) return;
      version = document.version;
      // A folder watches its files; one that is an incident alone does not.
      if (!session.isFolder) session.refresh();
      run();
    }),
  ];
  run();

  const both = async <Told>(
    ofOne: (answering: Call<ExplainApi>, profile: string | null) => Promise<Told | null>,
  ): Promise<Compared<Told>> => {
    if (ask === null) return { own: null, other: null };
    const own = await ofOne(ask, choice.profile);
    return { own, other: other === null ? null : await ofOne(ask, choice.other) };
  };

  return {
    get by() {
      return by;
    },
    get kernel() {
      return kernel;
    },
    get contradictions() {
      return contradictions;
    },
    onDidChange: changed.event,
    onDidJudge: judged.event,
    rows: (numbers) =>
      both(async (answering, profile) => {
        const rows = await answering('explainRows', { ...wanted(profile), numbers });
        if (typeof rows === 'string') return null;
        const note = tooLongText();
        if (rows.isTooLong && !by.notes.includes(note)) tell({ notes: [...by.notes, note] });
        return rows.says;
      }),
    packet: (n) =>
      both((answering, profile) => answering('explainPacket', { ...wanted(profile), n })),
    connectionOf: async (n) =>
      (await ask?.('connectionOf', { ...wanted(choice.profile), n })) ?? null,
    write: async (n, format) =>
      (await ask?.('writeConnection', { ...wanted(choice.profile), n, format })) ?? null,
    whatIf: (asked) => session.explain('whatIf', { ...asked, profile: choice.profile }),
    dispose: () => {
      isDisposed = true;
      for (const subscription of subscriptions) subscription.dispose();
      sessions.closeCapture(uri);
    },
  };
}

function notesOf(isAlone: boolean, judged: CaptureVerdicts | null): string[] {
  const alone = l10n.t(
    'This capture is too large to be read with its incident: it is judged by its own packets and by what the listings of the incident tell, without the packets of other captures.',
  );
  const unjudged = l10n.t(
    '{0} packets have no verdict: a connection is judged up to its 262,144th packet.',
    (judged?.unjudged ?? 0).toLocaleString(),
  );
  return [...(isAlone ? [alone] : []), ...((judged?.unjudged ?? 0) > 0 ? [unjudged] : [])];
}

function tooLongText(): string {
  return l10n.t(
    'Connections of more than 50,000 packets have verdicts and no sentences: look at a shorter capture of one.',
  );
}
