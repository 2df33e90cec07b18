/** Attributes of an element; `text` is its text. */
export interface ElementParts {
  readonly text?: string;
  readonly class?: string;
  readonly [attribute: string]: string | undefined;
}

/** Makes an element. Its text is set as text, never as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { text, ...attributes }: ElementParts = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(attribute, value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}
