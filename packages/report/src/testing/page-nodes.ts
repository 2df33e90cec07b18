import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A node of a page. */
export type PageNode = DefaultTreeAdapterTypes.ChildNode;

/** Lists every node of a page, parsed as browsers do. */
export function pageNodes(page: string): PageNode[] {
  const below = (node: PageNode): PageNode[] => [
    node,
    ...('childNodes' in node ? node.childNodes.flatMap(below) : []),
  ];
  return parse(page).childNodes.flatMap(below);
}

/** Leaves the elements of a name. */
export function elementsNamed(
  nodes: readonly PageNode[],
  name: string,
): DefaultTreeAdapterTypes.Element[] {
  return nodes.filter(
    (node): node is DefaultTreeAdapterTypes.Element => 'tagName' in node && node.tagName === name,
  );
}

/** Gives the text in a node. */
export function textIn(node: PageNode): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

/** Gives the value of an attribute, where the element has it. */
export function attributeOf(
  { attrs }: DefaultTreeAdapterTypes.Element,
  name: string,
): string | undefined {
  return attrs.find((one) => one.name === name)?.value;
}
