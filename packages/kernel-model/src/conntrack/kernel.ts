import type { Behaviour } from '../behaviour.ts';
import type { Limits } from './limits.ts';

/** What decides how a packet is judged: which kernel, and how it is set. */
export interface Kernel {
  readonly behaviour: Behaviour;
  readonly limits: Limits;
}
