import { ALL_PROFILES, explainAffected } from '@tuplescope/kernel-model';
import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  l10n,
  type Memento,
  type QuickPickItem,
  QuickPickItemKind,
  StatusBarAlignment,
  window,
} from 'vscode';
import type { ExplainingKernel } from '../../protocol/explanations.ts';

/** Which kernel packets are explained by. */
export interface ProfileChoice extends Disposable {
  /** The profile's name; null for the kernel of each incident. */
  readonly profile: string | null;
  readonly onDidChange: Event<void>;
  /**
   * Shows in the status bar which kernel explains what is seen now.
   *
   * @param owner the editor that is seen.
   */
  show(owner: object, kernel: ExplainingKernel): void;
  /** Hides it again, unless another editor has taken it over: that may be told first. */
  hide(owner: object): void;
}

const CHOOSE = 'tuplescope.chooseKernel';
const KEPT = 'tuplescope.profile';

/** Shows the kernel in the status bar, and lets it be changed; the workspace remembers the choice. */
export function createProfileChoice(memory: Memento): ProfileChoice {
  const changed = new EventEmitter<void>();
  const item = window.createStatusBarItem('tuplescope.kernel', StatusBarAlignment.Right, 50);
  item.name = l10n.t('Kernel that explains packets');
  item.command = CHOOSE;
  let shownFor: object | null = null;
  let profile = memory.get<string | null>(KEPT) ?? null;

  const choose = async (): Promise<void> => {
    const chosen = await window.showQuickPick(choices(profile), {
      placeHolder: l10n.t('Explain packets as this kernel would treat them'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen?.profile === undefined || chosen.profile === profile) return;
    profile = chosen.profile;
    await memory.update(KEPT, profile);
    changed.fire();
  };

  const registered = Disposable.from(changed, item, commands.registerCommand(CHOOSE, choose));
  return {
    get profile() {
      return profile;
    },
    onDidChange: changed.event,
    show: (owner, kernel) => {
      shownFor = owner;
      item.text = `$(chip) ${kernel.title}`;
      const contradicted = l10n.t('{0} packets contradict this kernel.', kernel.contradictions);
      item.tooltip = kernel.contradictions > 0 ? `${kernel.why} ${contradicted}` : kernel.why;
      item.show();
    },
    hide: (owner) => {
      if (shownFor === owner) item.hide();
    },
    dispose: () => registered.dispose(),
  };
}

type Choice = QuickPickItem & { readonly profile?: string | null };

function choices(current: string | null): Choice[] {
  const mark = (profile: string | null): string => (profile === current ? '$(check) ' : '');
  return [
    {
      label: `${mark(null)}${l10n.t('The kernel of the incident')}`,
      detail: l10n.t('By uname, or by what the packets show.'),
      profile: null,
    },
    { label: l10n.t('Kernels'), kind: QuickPickItemKind.Separator },
    ...ALL_PROFILES.map((profile) => ({
      label: `${mark(profile.id)}${profile.title}`,
      description: profile.id,
      detail: explainAffected(profile),
      profile: profile.id,
    })),
  ];
}
