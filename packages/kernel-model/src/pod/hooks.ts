import type { AddressBook } from '../conntrack/address-book.ts';
import type { Ctstate } from '../conntrack/outcome.ts';
import type { SocketSegment } from '../tcp/reaction.ts';
import type { Verdict } from '../verdict.ts';
import { formatLogPacket } from './log-line.ts';
import { isMetBy, type PacketHook, type PacketRule, type TproxyRule } from './packet-rule.ts';
import type { PodLog } from './pod-packet.ts';

/** A packet at a hook. */
export interface HookView {
  readonly at: number;
  readonly segment: SocketSegment;
  readonly ctstate: Ctstate;
  /** Device by which it came; empty for what this host sends. */
  readonly in: string;
  /** Device by which it leaves; empty for what arrives. */
  readonly out: string;
  /** User that `-m owner` matches. */
  readonly owner: number | null;
  /** User that a full log line names: of full sockets only. */
  readonly uid: number | null;
}

/** The rules of a pod, and the log that they and conntrack write. */
export interface Hooks {
  readonly logs: PodLog[];
  /** Logs what conntrack says of a packet. */
  logVerdict(verdict: Verdict, view: HookView): void;
  /** Runs the rules of one table at a hook; true where one drops the packet. */
  isDropped(hook: PacketHook, table: 'mangle' | 'filter', view: HookView): boolean;
  /** Finds the transparent listener that a packet of this host is sent to, by its port. */
  transparentPort(view: HookView): number | null;
}

/** Makes the hooks. `logDevices`: conntrack's own messages name devices (log-devices). */
export function createHooks(
  rules: readonly PacketRule[],
  tproxy: readonly TproxyRule[],
  logDevices: boolean,
  book: AddressBook,
): Hooks {
  const logs: PodLog[] = [];
  const ruleView = (view: HookView) => ({
    ...view.segment,
    ctstate: view.ctstate,
    interface: view.in || view.out,
    owner: view.owner,
  });
  return {
    logs,
    logVerdict(verdict, view) {
      const devices = logDevices ? {} : { in: '', out: '' };
      const packet = { ...view, ...devices, full: true };
      for (const text of verdict.log) {
        logs.push({ at: view.at, text: `${text} ${formatLogPacket(packet)}` });
      }
    },
    isDropped(hook, table, view) {
      for (const rule of rules) {
        if (rule.hook !== hook || (rule.table ?? 'filter') !== table) continue;
        if (!isMetBy(rule, ruleView(view), book)) continue;
        if (rule.action.kind === 'accept') return false;
        if (rule.action.kind === 'drop') return true;
        const text = formatLogPacket({ ...view, full: false });
        logs.push({ at: view.at, text: `${rule.action.prefix}${text}` });
      }
      return false;
    },
    transparentPort(view) {
      if (view.out === 'lo') return null;
      return tproxy.find((rule) => isMetBy(rule, ruleView(view), book))?.port ?? null;
    },
  };
}
