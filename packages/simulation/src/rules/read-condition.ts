import type { PacketBox } from './packet-box.ts';
import { readOption } from './read-option.ts';
import { type Condition, product } from './region.ts';
import { type Rule, valuesOf } from './rule.ts';
import type { RulePlace } from './rule-place.ts';

/**
 * Reads what a rule asks for. `none`: no packet that is looked at can meet it.
 *
 * @returns `unknown`, the options that the model knows nothing of, where there are such.
 * @example
 * readCondition(rule, place) // of `-p tcp ! --dport 80`: { boxes: [{}], except: [{ dport: 80 }] }
 */
export function readCondition(
  rule: Rule,
  place: RulePlace,
): Condition | 'none' | { readonly unknown: readonly string[] } {
  let boxes: readonly PacketBox[] = [{}];
  const except: PacketBox[] = [];
  const unknown: string[] = [];
  let isMet = true;
  for (const key of Object.keys(rule.match)) {
    // How often a rule logs is nothing to the packets.
    if (rule.target === 'LOG' && key.startsWith('limit')) continue;
    const isNegated = key.startsWith('!');
    for (const value of valuesOf(rule.match, key)) {
      const fitting = readOption(isNegated ? key.slice(1) : key, value, place);
      if (fitting === 'unknown') unknown.push(`${key} ${value}`.trim());
      else if (fitting === (isNegated ? 'all' : 'none')) isMet = false;
      else if (typeof fitting === 'string') continue;
      else if (!isNegated) {
        boxes = product(boxes, fitting.boxes);
        except.push(...fitting.except);
      } else if (fitting.except.length === 0) except.push(...fitting.boxes);
      // Not a bare SYN: whatever has one of the flags that a bare SYN must not have.
      else boxes = product(boxes, fitting.except);
    }
  }
  if (!isMet || boxes.length === 0) return 'none';
  return unknown.length > 0 ? { unknown } : { boxes, except };
}
