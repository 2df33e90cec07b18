import { createChannel } from '../protocol/channel.ts';
import type {
  CaptureStatus,
  ExplainedBy,
  PacketTexts,
  PacketView,
  PacketViewHost,
} from '../protocol/packets.ts';
import { createDetailPane } from './detail-pane.ts';
import { element } from './element.ts';
import { createExplanationCache } from './explanation-cache.ts';
import { createPacketGrid } from './packet-grid.ts';
import { createPageCache } from './page-cache.ts';
import { COLUMNS, rowCells, type TimeFormat } from './row-cells.ts';
import { placeholderText, statusText } from './status-text.ts';
import { createToolbar } from './toolbar.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();
let onStatus: (status: CaptureStatus) => void = () => undefined;
let onReveal: (n: number) => void = () => undefined;
let onExplained: (by: ExplainedBy) => void = () => undefined;

const { call } = createChannel<PacketViewHost, PacketView>(
  {
    post: (message) => api.postMessage(message),
    listen: (listener) => addEventListener('message', ({ data }) => listener(data)),
  },
  {
    status: (status) => onStatus(status),
    explained: (by) => onExplained(by),
    reveal: (n) => onReveal(n),
  },
);

void call('ready', undefined).then(({ status, texts }) => start(status, texts));

function start(initial: CaptureStatus, words: PacketTexts): void {
  let status = initial;
  let format: TimeFormat = 'sinceFirst';
  /** Why packets are not explained. */
  let unexplained: string | null = null;
  const cache = createPageCache(
    (wanted) => call('page', wanted),
    () => grid.draw(),
  );
  const explanations = createExplanationCache(
    (numbers) => call('explain', numbers),
    () => grid.draw(),
  );
  const detail = createDetailPane(words);
  const grid = createPacketGrid(cache, explanations.of, words, {
    onSelect: showDetail,
    onOpen: () => detail.focus(),
  });
  const toolbar = createToolbar(words, {
    onFilter: (filter) => {
      void call('filter', filter).then((now) => {
        cache.clear();
        show(now);
        grid.draw();
      });
    },
    onTime: (wanted) => {
      format = wanted;
      grid.setTime(format, status.firstAt);
    },
    onConversation: () => {
      const cells = selectedCells();
      if (cells !== null) toolbar.setFilter(`${cells[2]} ${cells[3]}`);
    },
    onCopy: copySelected,
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
    toolbar.element,
    problems,
    placeholder,
    grid.element,
    detail.element,
  );
  document.body.append(main);

  function show(now: CaptureStatus): void {
    const isAnother = now.read < status.read;
    status = now;
    if (isAnother) cache.clear();
    const instead = placeholderText(status, words);
    placeholder.textContent = instead ?? '';
    placeholder.hidden = instead === null;
    grid.element.hidden = instead !== null;
    toolbar.setStatus(statusText(status, words));
    tellProblems();
    grid.setTime(format, status.firstAt);
    grid.setRows(status.filter === null ? status.packets : status.filter.matches);
  }

  function tellProblems(): void {
    const told = unexplained === null ? status.problems : [...status.problems, unexplained];
    problems.replaceChildren(...told.map((text) => element('li', { text })));
  }

  function selectedCells(): string[] | null {
    const cached = grid.selected === null ? null : cache.row(grid.selected);
    return cached === null
      ? null
      : rowCells(cached, format, status.firstAt, explanations.of(cached.page));
  }

  function showDetail(row: number): void {
    const cached = cache.row(row);
    const n = cached?.page.n[cached.at] ?? (status.filter === null ? row + 1 : null);
    if (n === null) return;
    void Promise.all([call('detail', n), call('explanation', n)]).then(([found, explained]) => {
      if (grid.selected === row) detail.show(found, explained);
    });
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
    toolbar.element.querySelector('input')?.focus();
    event.preventDefault();
  });

  onStatus = show;
  onExplained = ({ problem }) => {
    unexplained = problem;
    tellProblems();
    explanations.restart();
    if (grid.selected !== null) showDetail(grid.selected);
  };
  onReveal = (n) => {
    toolbar.setFilter('');
    grid.select(n - 1);
    grid.focus();
  };
  show(initial);
}
