/** The packet is in window and changes the entry. */
export const IN_WINDOW = 0;
/** The packet passes and changes nothing (delayed-pass, 6e250dcbff1d). */
export const PASSED_BY = 1;
/** The packet is INVALID. */
export const OUT_OF_WINDOW = 2;
