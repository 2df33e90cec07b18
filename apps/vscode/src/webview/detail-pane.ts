import type { ExplainedPacket } from '../protocol/explanations.ts';
import type { PacketDetail, PacketTexts } from '../protocol/packets.ts';
import { element } from './element.ts';
import { fillIn } from './fill-in.ts';
import { hexLines } from './hex-lines.ts';
import { createPicture } from './picture.ts';

/** What is shown of the selected packet. */
export interface DetailPane {
  readonly element: HTMLElement;
  show(detail: PacketDetail | null, explained: ExplainedPacket | null): void;
  focus(): void;
}

/** Makes the pane with what a kernel does with a packet, its fields and bytes, and its connection. */
export function createDetailPane(texts: PacketTexts): DetailPane {
  const title = element('h2');
  const says = element('p', { class: 'told' });
  const why = element('dl', { class: 'why' });
  const fields = element('dl');
  const bytes = element('pre', { tabindex: '0', 'aria-label': texts.bytes });
  const ladder = createPicture(texts.ladder);
  const pane = element(
    'section',
    { class: 'detail', tabindex: '0', 'aria-label': texts.fields },
    ...[title, says, why, fields, bytes, ladder.element],
  );
  pane.hidden = true;
  return {
    element: pane,
    show: (detail, explained) => {
      pane.hidden = detail === null;
      if (detail === null) return;
      title.textContent = fillIn(texts.detail, detail.n);
      const sentences = explained === null ? [] : [explained.says, ...explained.details];
      says.textContent = sentences.join(' ');
      why.replaceChildren(...terms(explained === null ? [] : reasons(explained, texts)));
      fields.replaceChildren(...terms(detail.fields.map(({ name, value }) => [name, value])));
      bytes.textContent = hexLines(detail.bytes).join('\n');
      ladder.show(explained?.ladder ?? null);
    },
    focus: () => pane.focus(),
  };
}

type Term = readonly [name: string, value: string];

function terms(pairs: readonly Term[]): HTMLElement[] {
  return pairs.flatMap(([name, value]) => [
    element('dt', { text: name }),
    element('dd', { text: value }),
  ]);
}

function reasons(explained: ExplainedPacket, texts: PacketTexts): Term[] {
  const { ctstate, rule, values, before, after, log, commits, contradiction } = explained;
  const compared = values.map(([name, value]) => `${name} ${value}`).join(', ');
  return [
    [texts.verdict, ctstate],
    [texts.rule, compared === '' ? rule : `${rule}: ${compared}`],
    [texts.entryBefore, before ?? texts.none],
    [texts.entryAfter, after ?? texts.none],
    ...(log === null ? [] : [[texts.kernelLog, log] as const]),
    ...(commits.length === 0 ? [] : [[texts.commits, commits.join(', ')] as const]),
    ...(contradiction === null ? [] : [['⚠', fillIn(texts.unexpected, contradiction)] as const]),
  ];
}
