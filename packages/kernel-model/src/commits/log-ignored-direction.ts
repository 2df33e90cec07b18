import type { Commit } from '../commit.ts';

/** Name class and direction in the message of an ignored packet. */
export const logIgnoredDirection: Commit = {
  name: 'log-ignored-direction',
  hash: '07b5a76e1892',
  title: 'Name class and direction in the message of an ignored packet',
  side: 'log',
  since: '5.12',
  backports: [],
  effect:
    '"packet (index 3) in dir 1 ignored, state SYN_SENT" instead of "invalid packet ignored in state SYN_SENT ".',
  basis: 'vendor-patch',
};
