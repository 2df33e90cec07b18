import { randomNonce } from './random-nonce.ts';

/** What a page may load: one script, one style sheet. */
export interface PageSources {
  /** Where the editor serves the extension's files from, for the policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly title: string;
}

/**
 * Writes the page of a webview. It has no content of its own: all that it shows comes by messages and
 * is set as text. The policy lets it load its script and its style sheet, and nothing else.
 */
export function pageHtml({ cspSource, script, style, title }: PageSources): string {
  const nonce = randomNonce();
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    // The ladder is an image, so that nothing in it can be anything but a picture.
    'img-src blob:',
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
