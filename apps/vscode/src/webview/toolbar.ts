import type { PacketFilter, PacketTexts } from '../protocol/packets.ts';
import { element } from './element.ts';
import { fillIn } from './fill-in.ts';
import { parseFilter } from './parse-filter.ts';
import type { TimeFormat } from './row-cells.ts';

/** What stands above the list. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** Says how far the file is read, to screen readers too. */
  setStatus(text: string): void;
  /** Types a filter as if the reader had. */
  setFilter(text: string): void;
}

/** What the reader does in it. */
export interface ToolbarEvents {
  onFilter(filter: PacketFilter | null): void;
  onTime(format: TimeFormat): void;
  onConversation(): void;
  onCopy(): void;
  /** Leaves the filter for the list. */
  onLeave(): void;
}

/** A pause in typing that lets a search begin, in milliseconds. */
const PAUSE = 300;

/** Makes the filter, the choice of time formats and the status. */
export function createToolbar(texts: PacketTexts, events: ToolbarEvents): Toolbar {
  const input = element('input', {
    type: 'text',
    class: 'filter',
    placeholder: texts.filterHint,
    'aria-label': texts.filter,
    'aria-describedby': 'filter-problem',
    spellcheck: 'false',
  });
  const problem = element('div', { id: 'filter-problem', class: 'problem', role: 'alert' });
  const status = element('div', { class: 'status', role: 'status' });
  const formats: readonly TimeFormat[] = ['sinceFirst', 'timeOfDay', 'dateTime'];
  const time = element(
    'select',
    { 'aria-label': texts.timeFormat },
    ...formats.map((value) => element('option', { value, text: texts[value] })),
  );
  const conversation = element('button', { type: 'button', text: texts.conversation });
  const copy = element('button', { type: 'button', text: texts.copyRow });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = (): void => {
    clearTimeout(timer);
    const parsed = parseFilter(input.value);
    const wrong = 'notUnderstood' in parsed ? parsed.notUnderstood : null;
    input.setAttribute('aria-invalid', String(wrong !== null));
    problem.textContent = wrong === null ? '' : fillIn(texts.filterWrong, wrong);
    if ('filter' in parsed) events.onFilter(parsed.filter);
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  });
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') {
      apply();
      events.onLeave();
    } else if (key === 'Escape') {
      input.value = '';
      apply();
    }
  });
  time.addEventListener('change', () => events.onTime(time.value as TimeFormat));
  conversation.addEventListener('click', () => events.onConversation());
  copy.addEventListener('click', () => events.onCopy());

  return {
    element: element(
      'header',
      { class: 'toolbar' },
      input,
      time,
      conversation,
      copy,
      status,
      problem,
    ),
    setStatus: (text) => {
      if (status.textContent !== text) status.textContent = text;
    },
    setFilter: (text) => {
      input.value = text;
      apply();
    },
  };
}
