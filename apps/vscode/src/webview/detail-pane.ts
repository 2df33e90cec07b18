import type { ExplainedPacket } from '../protocol/explanations.ts';
import type { Compared, ExplainedBy, PacketDetail, PacketTexts } from '../protocol/packets.ts';
import { element } from './element.ts';
import { fillIn } from './fill-in.ts';
import { hexLines } from './hex-lines.ts';
import { createPicture } from './picture.ts';

/** What is shown of the selected packet. */
export interface DetailPane {
  readonly element: HTMLElement;
  show(detail: PacketDetail | null, explained: Compared<ExplainedPacket>, by: ExplainedBy): void;
  focus(): void;
}

/** Makes the pane with what kernels do with a packet, its fields and bytes, and its connection. */
export function createDetailPane(texts: PacketTexts): DetailPane {
  const title = element('h2');
  const told = element('div', { class: 'kernels' });
  const fields = element('dl');
  const bytes = element('pre', { tabindex: '0', 'aria-label': texts.bytes });
  const ladder = createPicture(texts.ladder);
  const pane = element(
    'section',
    { class: 'detail', tabindex: '0', 'aria-label': texts.fields },
    ...[title, told, fields, bytes, ladder.element],
  );
  pane.hidden = true;
  return {
    element: pane,
    show: (detail, { own, other }, by) => {
      pane.hidden = detail === null;
      if (detail === null) return;
      title.textContent = fillIn(texts.detail, detail.n);
      const isCompared = own !== null && other !== null;
      told.replaceChildren(
        ...(own === null ? [] : explainedBy(own, isCompared ? by.kernel : null, texts)),
        ...(isCompared ? explainedBy(other, by.other, texts) : []),
      );
      told.classList.toggle('compared', isCompared);
      fields.replaceChildren(...terms(detail.fields.map(({ name, value }) => [name, value])));
      bytes.textContent = hexLines(detail.bytes).join('\n');
      ladder.show(own?.ladder ?? null);
    },
    focus: () => pane.focus(),
  };
}

/** What one kernel does, under its name where there are two. */
function explainedBy(
  explained: ExplainedPacket,
  kernel: string | null,
  texts: PacketTexts,
): HTMLElement[] {
  const sentences = [explained.says, ...explained.details];
  return [
    element(
      'div',
      { class: 'told' },
      ...(kernel === null ? [] : [element('h3', { text: fillIn(texts.byKernel, kernel) })]),
      element('p', { text: sentences.join(' ') }),
      element('dl', { class: 'why' }, ...terms(reasons(explained, texts))),
    ),
  ];
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
