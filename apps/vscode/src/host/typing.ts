import { type Disposable, workspace } from 'vscode';

/** A listener is told at most once in so many milliseconds. */
const EVERY = 150;

/** Tells that somebody types, into any text. */
export function onDidType(listener: () => void): Disposable {
  let last = 0;
  return workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    // What programs write into their logs is not typed.
    if (document.uri.scheme === 'output' || contentChanges.length === 0) return;
    const now = Date.now();
    if (now - last < EVERY) return;
    last = now;
    listener();
  });
}
