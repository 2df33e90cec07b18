import { createChannel } from '../protocol/channel.ts';
import type {
  CaptureStatus,
  ExplainedBy,
  PacketTexts,
  PacketView,
  PacketViewHost,
  TimeFormat,
} from '../protocol/packets.ts';
import { createDetailPane } from './detail-pane.ts';
import { element } from './element.ts';
import { createPacketGrid } from './packet-grid.ts';
import { createPageCache } from './page-cache.ts';
import { COLUMNS, rowCells } from './row-cells.ts';
import { createSentenceCache } from './sentence-cache.ts';
import { placeholderText, statusText } from './status-text.ts';
import { createToolbar } from './toolbar.ts';
import { createWhatIfPane } from './what-if-pane.ts';

/** What the page remembers while it is out of sight: the editor throws it away then. */
interface Remembered {
  readonly filter: string;
  readonly format: TimeFormat;
  /** Number of the packet that is selected, or null. */
  readonly selected: number | null;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): Remembered | undefined;
  setState(state: Remembered): void;
};

const api = acquireVsCodeApi();
let onStatus: (status: CaptureStatus) => void = () => undefined;
let onReveal: (n: number) => void = () => undefined;
let onExplained: (by: ExplainedBy) => void = () => undefined;
let onJudged: () => void = () => undefined;

const { call } = createChannel<PacketViewHost, PacketView>(
  {
    post: (message) => api.postMessage(message),
    listen: (listener) => addEventListener('message', ({ data }) => listener(data)),
  },
  {
    status: (status) => onStatus(status),
    explained: (by) => onExplained(by),
    judged: () => onJudged(),
    reveal: (n) => onReveal(n),
  },
);

void call('ready', undefined).then(({ status, texts, format }) => start(status, texts, format));

function start(initial: CaptureStatus, words: PacketTexts, format: TimeFormat): void {
  let status = initial;
  let remembered: Remembered = api.getState() ?? { filter: '', format, selected: null };
  let by: ExplainedBy = { kernel: '', other: null, percent: null, notes: [] };
  /** What the reader was told last that is no state of the file. */
  let said = '';
  /** The last step to a difference: the next begins where it led, however quick the keys. */
  let stepping: Promise<void> = Promise.resolve();

  /** The row that is selected and whose page has not come yet: its packet is not known. */
  let awaited: number | null = null;

  const cache = createPageCache(
    (wanted) => call('page', wanted),
    () => {
      grid.draw();
      if (awaited !== null && awaited === grid.selected) showDetail(awaited);
    },
  );
  const sentences = createSentenceCache(
    (numbers) => call('explain', numbers),
    () => grid.draw(),
  );
  const detail = createDetailPane(words);
  const whatIf = createWhatIfPane(words, (wanted) => call('whatIf', wanted));
  const grid = createPacketGrid(cache, sentences, words, {
    onSelect: showDetail,
    onOpen: () => detail.focus(),
    onStep: step,
  });
  const toolbar = createToolbar(words, {
    onFilter: (filter, text) => {
      remember({ filter: text });
      void call('filter', filter).then((now) => {
        cache.clear();
        grid.unselect();
        show(now);
        void selectAgain();
        grid.draw();
      });
    },
    onTime: (format) => {
      remember({ format });
      grid.setTime(format, status.firstAt);
    },
    onConversation: onlyConversation,
    onCopy: copySelected,
    onExport: (format) => {
      const n = selectedNumber();
      if (n !== null) void call('exportConnection', { n, format });
    },
    onKernel: (which) => void call('chooseKernel', which),
    onStep: step,
    onWhatIf: (isShown) => {
      main.classList.toggle('trying', isShown);
      whatIf.setShown(isShown);
    },
    onLeave: () => {
      grid.focus();
      if (grid.selected === null) grid.select(0);
    },
  });
  const placeholder = element('p', { class: 'placeholder' });
  const problems = element('ul', { class: 'problems' });
  const main = element(
    'main',
    {},
    ...[toolbar.element, problems, placeholder, grid.element, detail.element, whatIf.element],
  );
  document.body.append(main);

  function remember(now: Partial<Remembered>): void {
    remembered = { ...remembered, ...now };
    api.setState(remembered);
  }

  function show(now: CaptureStatus): void {
    const isAnother = now.read < status.read || now.packets < status.packets;
    const isSorted = now.order !== status.order || isNowSorted(now, status);
    status = now;
    if (isAnother || isSorted) cache.clear();
    const instead = placeholderText(status, words);
    placeholder.textContent = instead ?? '';
    placeholder.hidden = instead === null;
    grid.element.hidden = instead !== null;
    if (instead !== null) detail.element.hidden = true;
    tellStatus();
    grid.setTime(remembered.format, status.firstAt);
    grid.setRows(status.filter === null ? status.packets : status.filter.matches);
    if (isSorted) {
      grid.unselect();
      void selectAgain();
    }
    toolbar.setSelected(grid.selected !== null);
  }

  /** What a filter finds in a sorted list is sorted once all is found. */
  function isNowSorted(now: CaptureStatus, before: CaptureStatus): boolean {
    if (now.order !== 'by-time' || now.filter === null) return false;
    return now.filter.isComplete && before.filter?.isComplete === false;
  }

  function tellStatus(): void {
    const parts = [said, statusText(status, by.percent, words)];
    toolbar.setStatus(parts.filter((part) => part !== '').join(' '));
    const unsorted = status.order === 'unsorted' ? [words.unsorted] : [];
    const told = [...unsorted, ...status.problems, ...by.notes];
    problems.replaceChildren(...told.map((text) => element('li', { text })));
  }

  function selectedNumber(): number | null {
    return grid.selected === null ? null : numberOf(grid.selected);
  }

  function numberOf(row: number): number | null {
    const cached = cache.row(row);
    const isAsInFile = status.filter === null && status.order !== 'by-time';
    return cached?.page.n[cached.at] ?? (isAsInFile ? row + 1 : null);
  }

  function selectedCells(): string[] | null {
    const row = grid.selected;
    const cached = row === null ? null : cache.row(row);
    if (row === null || cached === null) return null;
    const { format } = remembered;
    const { firstAt } = status;
    const says = sentences.of(cached.page.n[cached.at] as number);
    return rowCells(cached, { format, firstAt, before: cache.row(row - 1), says });
  }

  function showDetail(row: number): void {
    toolbar.setSelected(true);
    const n = numberOf(row);
    awaited = n === null ? row : null;
    if (n === null) return;
    remember({ selected: n });
    explain(n);
  }

  function explain(n: number): void {
    void Promise.all([call('detail', n), call('explanation', n)]).then(([found, explained]) => {
      if (remembered.selected !== n) return;
      detail.show(found, explained, by);
      whatIf.setCaptured(explained.own?.ladder ?? null);
    });
  }

  /** Rows are numbered anew by a filter, and where they are sorted: the packet in hand stays. */
  async function selectAgain(): Promise<void> {
    const n = remembered.selected;
    const row = n === null ? null : await call('rowOf', n);
    if (grid.selected !== null) return;
    if (row !== null) grid.select(row);
    else if (document.activeElement === grid.element) grid.select(0);
  }

  /** Both sides of a translation, where verdicts tell them; else the two ends. */
  function onlyConversation(): void {
    const n = selectedNumber();
    const cells = selectedCells();
    if (n === null || cells === null) return;
    const isJudged = cells[COLUMNS.indexOf('verdict')] !== '';
    toolbar.setFilter(isJudged ? `connection:${n}` : `${cells[2]} ${cells[3]}`);
  }

  function step(isForward: boolean): void {
    stepping = stepping.catch(() => undefined).then(() => stepOnce(isForward));
  }

  async function stepOnce(isForward: boolean): Promise<void> {
    const row = await call('step', { row: grid.selected ?? -1, isForward });
    said = row === null ? words.noDifference : '';
    tellStatus();
    if (row === null) return;
    grid.select(row);
    grid.focus();
  }

  function copySelected(): void {
    const cells = selectedCells();
    if (cells === null) return;
    const named = COLUMNS.map((name, i) => [words[name], cells[i] ?? ''] as const);
    const shown = named.filter(([, cell]) => cell !== '');
    void call('copy', shown.map(([name, cell]) => `${name} ${cell}`).join('  '));
  }

  grid.element.addEventListener('keydown', (event) => {
    if (event.key !== 'c' || !(event.ctrlKey || event.metaKey)) return;
    copySelected();
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    toolbar.focusFilter();
    event.preventDefault();
  });

  onStatus = show;
  onExplained = (now) => {
    const isAnother = now.kernel !== by.kernel || now.other !== by.other;
    by = now;
    toolbar.setKernels(by);
    grid.setCompared(by.other !== null);
    tellStatus();
    if (isAnother) whatIf.refresh();
  };
  onJudged = () => {
    sentences.restart();
    cache.refresh();
    grid.draw();
    if (remembered.selected !== null) explain(remembered.selected);
  };
  onReveal = (n) => {
    grid.focus();
    remember({ selected: n });
    grid.unselect();
    if (remembered.filter === '') void selectAgain();
    else toolbar.setFilter('');
  };
  toolbar.setTime(remembered.format);
  show(initial);
  if (remembered.filter !== '') toolbar.setFilter(remembered.filter);
  else if (remembered.selected !== null) void selectAgain();
}
