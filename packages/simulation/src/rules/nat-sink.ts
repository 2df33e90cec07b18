import type { NatHook, NatMatch, NatRule } from '@tuplescope/kernel-model';
import type { Sink } from './flatten.ts';
import { readNatAction } from './nat-action.ts';
import type { Notes } from './notes.ts';
import type { PacketBox } from './packet-box.ts';
import { pushOnce } from './push-once.ts';
import type { Region } from './region.ts';

/** Makes rules of the nat table. `own` is the address that MASQUERADE gives. */
export function natSink(hook: NatHook, own: string, nat: NatRule[], notes: Notes): Sink {
  const put = (region: Region, action: NatRule['action']): void => {
    pushOnce(nat, { hook, ...natRegion(region), action });
  };
  return {
    take(region, rule) {
      const action = readNatAction(rule, own);
      if (action === null) return;
      if ('why' in action) notes.skip(rule, action.why);
      else put(region, action);
    },
    accept: (region) => put(region, { kind: 'accept' }),
    dropByPolicy: () => notes.assume('The policy of a nat chain drops; that is left out.'),
    skip: ({ rule, why }) => notes.skip(rule, why),
  };
}

function natRegion({ match, except }: Region): Pick<NatRule, 'match' | 'except'> {
  return {
    ...(Object.keys(match).length === 0 ? {} : { match: natMatch(match) }),
    ...(except.length === 0 ? {} : { except: except.map(natMatch) }),
  };
}

/** State and flags are settled for the packets that the nat table sees: NEW, a SYN. */
function natMatch({ ctstate: _state, flags: _flags, ...match }: PacketBox): NatMatch {
  return match;
}
