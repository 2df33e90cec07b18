import type { ConnectionFormat } from '../protocol/explanations.ts';
import type { ExplainedBy, PacketFilter, PacketTexts, TimeFormat } from '../protocol/packets.ts';
import { element } from './element.ts';
import { fillIn } from './fill-in.ts';
import { parseFilter } from './parse-filter.ts';

/** What stands above the list. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** Says how far the file is read, to screen readers too. */
  setStatus(text: string): void;
  /** Names the kernels, and offers to step through what they differ in. */
  setKernels(by: ExplainedBy): void;
  /** Says whether a packet is selected, that something can be done with. */
  setSelected(isSelected: boolean): void;
  /** Types a filter as if the reader had. */
  setFilter(text: string): void;
  setTime(format: TimeFormat): void;
  focusFilter(): void;
}

/** What the reader does in it. */
export interface ToolbarEvents {
  onFilter(filter: PacketFilter | null, text: string): void;
  onTime(format: TimeFormat): void;
  onConversation(): void;
  onCopy(): void;
  onExport(format: ConnectionFormat): void;
  onKernel(which: 'own' | 'other'): void;
  onStep(isForward: boolean): void;
  onWhatIf(isShown: boolean): void;
  /** Leaves the filter for the list. */
  onLeave(): void;
}

/** A pause in typing that lets a search begin, in milliseconds. */
const PAUSE = 300;

/** Makes the filter, the choices, the buttons and the status. */
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
  const time = selectOf(texts.timeFormat, [
    ['sinceFirst', texts.sinceFirst],
    ['sinceShown', texts.sinceShown],
    ['timeOfDay', texts.timeOfDay],
    ['dateTime', texts.dateTime],
  ]);
  const exported = selectOf(texts.exportConnection, [
    ['', texts.exportConnection],
    ['text', texts.exportText],
    ['ndjson', texts.exportNdjson],
    ['svg', texts.exportSvg],
  ]);
  const button = (text: string, onClick: () => void, title?: string): HTMLButtonElement => {
    const made = element('button', { type: 'button', text, title });
    made.addEventListener('click', onClick);
    return made;
  };
  const conversation = button(texts.conversation, events.onConversation);
  const copy = button(texts.copyRow, events.onCopy, 'Ctrl+C');
  const kernel = button(fillIn(texts.kernel, '…'), () => events.onKernel('own'));
  const compare = button(texts.compareNone, () => events.onKernel('other'));
  const previous = button('↑ ≠', () => events.onStep(false), `${texts.previousDifference} (Alt+↑)`);
  const next = button('↓ ≠', () => events.onStep(true), `${texts.nextDifference} (Alt+↓)`);
  previous.setAttribute('aria-label', texts.previousDifference);
  next.setAttribute('aria-label', texts.nextDifference);
  const whatIf = button(texts.whatIf, () => {
    const isShown = whatIf.getAttribute('aria-pressed') !== 'true';
    whatIf.setAttribute('aria-pressed', String(isShown));
    events.onWhatIf(isShown);
  });
  whatIf.setAttribute('aria-pressed', 'false');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = (): void => {
    clearTimeout(timer);
    const parsed = parseFilter(input.value);
    const wrong = 'notUnderstood' in parsed ? parsed.notUnderstood : null;
    input.setAttribute('aria-invalid', String(wrong !== null));
    problem.textContent = wrong === null ? '' : fillIn(texts.filterWrong, wrong);
    if ('filter' in parsed) events.onFilter(parsed.filter, input.value);
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
  exported.addEventListener('change', () => {
    const { value } = exported;
    exported.value = '';
    if (value !== '') events.onExport(value as ConnectionFormat);
  });

  const setSelected = (isSelected: boolean): void => {
    for (const control of [conversation, copy, exported]) control.disabled = !isSelected;
  };
  const setKernels = ({ kernel: own, other }: ExplainedBy): void => {
    kernel.textContent = fillIn(texts.kernel, own === '' ? '…' : own);
    compare.textContent = other === null ? texts.compareNone : fillIn(texts.compare, other);
    previous.hidden = other === null;
    next.hidden = other === null;
  };
  setSelected(false);
  setKernels({ kernel: '', other: null, percent: null, notes: [] });

  return {
    element: element(
      'header',
      { class: 'toolbar' },
      ...[input, time, conversation, copy, exported],
      ...[kernel, compare, previous, next, whatIf, status, problem],
    ),
    setStatus: (text) => {
      if (status.textContent !== text) status.textContent = text;
    },
    setKernels,
    setSelected,
    setFilter: (text) => {
      input.value = text;
      apply();
    },
    setTime: (format) => {
      time.value = format;
    },
    focusFilter: () => input.focus(),
  };
}

function selectOf(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): HTMLSelectElement {
  return element(
    'select',
    { 'aria-label': label },
    ...options.map(([value, text]) => element('option', { value, text })),
  );
}
