import { type Disposable, l10n, type Uri } from 'vscode';
import type {
  ExplainedPacket,
  ExplainedRows,
  ExplainingKernel,
  NotExplained,
} from '../../protocol/explanations.ts';
import type { ExplainedBy } from '../../protocol/packets.ts';
import type { Session } from '../incident/session.ts';
import type { Sessions } from '../incident/sessions.ts';
import type { ProfileChoice } from '../kernel/profile-choice.ts';

/** Explains the packets of one capture file by the kernel in use. */
export interface CaptureExplainer extends Disposable {
  rows(numbers: Uint32Array): Promise<ExplainedRows | null>;
  packet(n: number): Promise<ExplainedPacket | null>;
  /** The kernel that explains, once it is known. */
  readonly kernel: ExplainingKernel | null;
}

/**
 * Explains a capture with all that its incident tells: sockets, rules, the kernel's name.
 *
 * @param onChange is told when packets are explained, or by another kernel than before.
 */
export function explainCapture(
  sessions: Sessions,
  choice: ProfileChoice,
  uri: Uri,
  onChange: (by: ExplainedBy) => void,
): CaptureExplainer {
  let session: Session = sessions.openCapture(uri);
  let kernel: ExplainingKernel | null = null;
  let reading = session.analysis;

  const wanted = () => ({ path: session.pathOf(uri) ?? '', profile: choice.profile });

  const update = async (): Promise<void> => {
    session = sessions.openCapture(uri);
    if (session.analysis === null) return;
    reading = session.analysis;
    const found = await session.explain('explainKernel', wanted());
    kernel = typeof found === 'string' ? null : found;
    onChange({
      kernel: kernel?.title ?? '',
      problem: typeof found === 'string' ? problemText(found) : null,
    });
  };

  const run = (): void =>
    void update().catch((error: Error) => onChange({ kernel: '', problem: error.message }));

  const subscriptions = [
    sessions.onDidChange(() => {
      const now = sessions.openCapture(uri);
      if (now !== session || now.analysis !== reading) run();
    }),
    choice.onDidChange(run),
  ];
  run();

  return {
    get kernel() {
      return kernel;
    },
    rows: async (numbers) => {
      if (kernel === null) return null;
      const rows = await session.explain('explainRows', { ...wanted(), numbers });
      return typeof rows === 'string' ? null : rows;
    },
    packet: async (n) =>
      kernel === null ? null : session.explain('explainPacket', { ...wanted(), n }),
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      sessions.closeCapture(uri);
    },
  };
}

function problemText(why: NotExplained): string {
  return why === 'too-many'
    ? l10n.t('Packets are explained in captures of up to 50,000 TCP packets; this one has more.')
    : l10n.t('Packets are explained in captures of up to 64 MiB; this one is larger.');
}
