import type { PacketDetail, PacketTexts } from '../protocol/packets.ts';
import { element } from './element.ts';
import { fillIn } from './fill-in.ts';
import { hexLines } from './hex-lines.ts';

/** What is shown of the selected packet. */
export interface DetailPane {
  readonly element: HTMLElement;
  show(detail: PacketDetail | null): void;
  focus(): void;
}

/** Makes the pane with the fields and the bytes of a packet. */
export function createDetailPane(texts: PacketTexts): DetailPane {
  const title = element('h2');
  const fields = element('dl');
  const bytes = element('pre', { tabindex: '0', 'aria-label': texts.bytes });
  const pane = element(
    'section',
    { class: 'detail', tabindex: '-1', 'aria-label': texts.fields },
    title,
    fields,
    bytes,
  );
  pane.hidden = true;
  return {
    element: pane,
    show: (detail) => {
      pane.hidden = detail === null;
      if (detail === null) return;
      title.textContent = fillIn(texts.detail, detail.n);
      fields.replaceChildren(
        ...detail.fields.flatMap(({ name, value }) => [
          element('dt', { text: name }),
          element('dd', { text: value }),
        ]),
      );
      bytes.textContent = hexLines(detail.bytes).join('\n');
    },
    focus: () => pane.focus(),
  };
}
