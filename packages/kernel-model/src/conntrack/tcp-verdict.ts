/** The packet belongs to the entry. */
export const ACCEPT = 0;
/** The packet passes without an entry: ctstate INVALID. */
export const INVALID = 1;
/** The entry is to be removed and the packet looked up again (-NF_REPEAT). */
export const REPEAT = 2;
/** The packet belongs to the entry, and was the entry's last: it is removed. */
export const ACCEPT_AND_KILL = 3;
