import type { Probe } from '../profile-match.ts';

/** Titles in changelogs of reinit-syn-only and challenge-ack-fix. */
const TITLES = "'re-init for syn packets only|tcp challenge acks during connection reuse'";

/** The full `uname -a` of Debian carries the upstream version. */
export const DEBIAN_VERSION: Probe = {
  decides: 'Debian prints its upstream version in uname -a, as in "Debian 6.1.170-3".',
  command: 'uname -a',
};

/** Ubuntu's kernel tells the upstream version that it stands on. */
export const UBUNTU_SIGNATURE: Probe = {
  decides: 'The last word is the upstream version that this Ubuntu kernel stands on.',
  command: 'cat /proc/version_signature',
};

/** The changelog of the installed package on Debian and Ubuntu. */
export const DEB_CHANGELOG: Probe = {
  decides: 'Both titles: fixed. The first alone: affected. None: not affected, or named otherwise.',
  command: `zgrep -ihE ${TITLES} "/usr/share/doc/linux-image-$(uname -r)"/changelog.Debian.gz`,
};

/** The changelog of the running package on RPM distributions. */
export const RPM_CHANGELOG: Probe = {
  decides: 'Both titles: fixed. The first alone: affected. None: not affected, or named otherwise.',
  command: `rpm -q --changelog -f "/lib/modules/$(uname -r)" | grep -iE ${TITLES}`,
};

/** What the kernel itself says of the RST, once it happens. */
export const RST_LOG: Probe = {
  decides:
    'With nf_conntrack_log_invalid=6 an affected kernel writes "SEQ is over … upper bound" for the RST that answers a challenge ACK.',
  command: "dmesg | grep 'nf_ct_proto_6: SEQ is over'",
};
