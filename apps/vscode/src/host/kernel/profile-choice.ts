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

/** The kernel that explains, or the one that it is compared with. */
export type WhichKernel = 'own' | 'other';

/** Which kernels packets are explained by. */
export interface ProfileChoice extends Disposable {
  /** The profile's name; null for the kernel of each incident. */
  readonly profile: string | null;
  /** The profile that it is compared with; null where nothing is compared. */
  readonly other: string | null;
  readonly onDidChange: Event<void>;
  /** Lets the reader choose. */
  choose(which: WhichKernel): Promise<void>;
  /**
   * Shows in the status bar which kernel explains what is seen now.
   *
   * @param owner the editor that is seen.
   * @param contradictions packets that this kernel would have treated otherwise.
   */
  show(owner: object, kernel: ExplainingKernel, contradictions: number): void;
  /** Hides it again, unless another editor has taken it over: that may be told first. */
  hide(owner: object): void;
}

const COMMANDS: Readonly<Record<WhichKernel, string>> = {
  own: 'tuplescope.chooseKernel',
  other: 'tuplescope.compareKernel',
};

const KEPT: Readonly<Record<WhichKernel, string>> = {
  own: 'tuplescope.profile',
  other: 'tuplescope.otherProfile',
};

/** Shows the kernel in the status bar, and lets it be changed; the workspace remembers the choice. */
export function createProfileChoice(memory: Memento): ProfileChoice {
  const changed = new EventEmitter<void>();
  const item = window.createStatusBarItem('tuplescope.kernel', StatusBarAlignment.Right, 50);
  item.name = l10n.t('Kernel that explains packets');
  item.command = COMMANDS.own;
  let shownFor: object | null = null;
  const chosen: Record<WhichKernel, string | null> = {
    own: memory.get<string | null>(KEPT.own) ?? null,
    other: memory.get<string | null>(KEPT.other) ?? null,
  };

  const choose = async (which: WhichKernel): Promise<void> => {
    const pick = await window.showQuickPick(choices(which, chosen[which]), {
      placeHolder:
        which === 'own'
          ? l10n.t('Explain packets as this kernel would treat them')
          : l10n.t('Compare with what this kernel would do'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (pick?.profile === undefined || pick.profile === chosen[which]) return;
    chosen[which] = pick.profile;
    await memory.update(KEPT[which], pick.profile);
    changed.fire();
  };

  const registered = Disposable.from(
    changed,
    item,
    commands.registerCommand(COMMANDS.own, () => choose('own')),
    commands.registerCommand(COMMANDS.other, () => choose('other')),
  );
  return {
    get profile() {
      return chosen.own;
    },
    get other() {
      return chosen.other;
    },
    onDidChange: changed.event,
    choose,
    show: (owner, kernel, contradictions) => {
      shownFor = owner;
      item.text = `$(chip) ${kernel.title}`;
      const contradicted = l10n.t('{0} packets contradict this kernel.', contradictions);
      item.tooltip = contradictions > 0 ? `${kernel.why} ${contradicted}` : kernel.why;
      item.show();
    },
    hide: (owner) => {
      if (shownFor === owner) item.hide();
    },
    dispose: () => registered.dispose(),
  };
}

type Choice = QuickPickItem & { readonly profile?: string | null };

function choices(which: WhichKernel, current: string | null): Choice[] {
  const mark = (profile: string | null): string => (profile === current ? '$(check) ' : '');
  const none: Choice =
    which === 'own'
      ? {
          label: `${mark(null)}${l10n.t('The kernel of the incident')}`,
          detail: l10n.t('By uname, or by what the packets show.'),
          profile: null,
        }
      : {
          label: `${mark(null)}${l10n.t('No comparison')}`,
          detail: l10n.t('Only the kernel that explains the packets.'),
          profile: null,
        };
  return [
    none,
    { label: l10n.t('Kernels'), kind: QuickPickItemKind.Separator },
    ...ALL_PROFILES.map((profile) => ({
      label: `${mark(profile.id)}${profile.title}`,
      description: profile.id,
      detail: explainAffected(profile),
      profile: profile.id,
    })),
  ];
}
