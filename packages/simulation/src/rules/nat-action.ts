import type { NatAction, PortRange } from '@tuplescope/kernel-model';
import { normalizeAddress } from '@tuplescope/net';
import { readPrefix } from './prefix.ts';
import { type Rule, valuesOf } from './rule.ts';

/**
 * Reads what a rule of the nat table does, or says why it cannot be read. null: nothing to packets.
 *
 * @param own the pod's address that MASQUERADE gives.
 * @example
 * readNatAction(rule, '10.0.0.1') // of `-j REDIRECT --to-ports 15001`: { kind: 'redirect', port: 15001 }
 */
export function readNatAction(
  { target, targetOptions }: Rule,
  own: string,
): NatAction | { readonly why: string } | null {
  if (Object.hasOwn(targetOptions, 'xt')) {
    return { why: 'the listing does not print what it does; iptables-save does' };
  }
  const [ports] = valuesOf(targetOptions, 'to-ports');
  const port = ports === undefined ? undefined : readPorts(ports);
  if (port === null) return { why: `its ports, ${ports}, are no ports` };
  switch (target) {
    case 'REDIRECT':
      return { kind: 'redirect', ...(port === undefined ? {} : { port }) };
    case 'MASQUERADE':
      return { kind: 'masquerade', address: own, ...(port === undefined ? {} : { port }) };
    case 'DNAT':
      return translation('dnat', valuesOf(targetOptions, 'to-destination')[0] ?? '');
    case 'SNAT':
      return translation('snat', valuesOf(targetOptions, 'to-source')[0] ?? '');
    case 'LOG':
    case 'MARK':
    case 'CONNMARK':
      return null;
    default:
      return { why: `the model has no ${target} in the nat table` };
  }
}

/** Reads `10.0.0.5`, `10.0.0.5:443`, `[fd00::5]:443-444`. */
function translation(kind: 'dnat' | 'snat', text: string): NatAction | { readonly why: string } {
  const [, bracketed, plain, ports] =
    /^(?:\[([^\]]+)\]|([^:]+|[^:]*:[^:]*:.*?))(?::([\d-]+))?$/.exec(text) ?? [];
  const address = normalizeAddress(bracketed ?? plain ?? '');
  const port = ports === undefined ? undefined : readPorts(ports);
  if (port === null || readPrefix(address)?.text !== address || address.includes('/')) {
    return { why: `the model does not know where "${text}" leads` };
  }
  return { kind, address, ...(port === undefined ? {} : { port }) };
}

function readPorts(text: string): PortRange | null {
  const [, low, high = low] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [first, last] = [Number(low), Number(high)];
  if (!(first >= 1 && first <= last && last <= 65_535)) return null;
  return first === last ? first : [first, last];
}
