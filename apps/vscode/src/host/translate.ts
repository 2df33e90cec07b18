/**
 * Gives a text in the editor's language, with values for `{0}`, `{1}`. Functions that need no editor
 * are handed this, so that they can be tried without one.
 */
export type Translate = (text: string, ...values: (string | number)[]) => string;
