import type { Commit } from '../commit.ts';

/**
 * Send the SYN again at once after an unacceptable ACK.
 *
 * Present in 5.9.2, absent in 5.4.286; where between is not known. Named in the source by the words "Previous FIN/ACK or RST/ACK might be ignored".
 */
export const earlySynResend: Commit = {
  name: 'early-syn-resend',
  hash: '9603d47bad46',
  title: 'Send the SYN again at once after an unacceptable ACK',
  side: 'socket',
  since: '5.9',
  lastWithout: '5.4',
  backports: [],
  effect:
    'A connect that met a challenge ACK, and whose RST got through, succeeds after milliseconds; older kernels wait for the SYN timer, 1 s.',
  basis: 'read-in-source',
};
