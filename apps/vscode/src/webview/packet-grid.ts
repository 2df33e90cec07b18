import type { PacketTexts, TimeFormat } from '../protocol/packets.ts';
import { ctstateOf, differs, UNEXPECTED } from '../protocol/verdict.ts';
import { element } from './element.ts';
import type { CachedRow, PageCache } from './page-cache.ts';
import { COLUMNS, rowCells } from './row-cells.ts';
import { type ScrollScale, scrollScale } from './scroll-scale.ts';
import type { SentenceCache } from './sentence-cache.ts';

/** The list of packets. */
export interface PacketGrid {
  readonly element: HTMLElement;
  /** Says how many rows there are; the selection stays where it is. */
  setRows(rows: number): void;
  setTime(format: TimeFormat, firstAt: number | null): void;
  /** Shows what a second kernel says, or no longer. */
  setCompared(isCompared: boolean): void;
  /** Draws again what is in sight: a page has come. */
  draw(): void;
  /** Selects a row and brings it into sight. */
  select(row: number): void;
  /** Selects none. */
  unselect(): void;
  readonly selected: number | null;
  focus(): void;
}

const OTHER = COLUMNS.indexOf('otherVerdict');

/** What the list tells whoever shows it. */
export interface GridEvents {
  onSelect(row: number): void;
  /** Enter, or a double click. */
  onOpen(): void;
  /** Alt and an arrow. */
  onStep(isForward: boolean): void;
}

/**
 * Makes a list that holds no more rows than are in sight, however many there are. Its keys are those
 * of the editor's lists; a screen reader is told the number of the row and of all rows.
 */
export function createPacketGrid(
  cache: PageCache,
  sentences: SentenceCache,
  texts: PacketTexts,
  events: GridEvents,
): PacketGrid {
  const body = element('div', { class: 'rows', role: 'rowgroup' });
  const spacer = element('div', { class: 'spacer', role: 'presentation' });
  const head = element(
    'div',
    { class: 'head', role: 'rowgroup' },
    element('div', { class: 'row', role: 'row', 'aria-rowindex': '1' }, ...COLUMNS.map(headCell)),
  );
  const grid = element(
    'div',
    {
      class: 'grid',
      role: 'grid',
      tabindex: '0',
      'aria-label': texts.packets,
      'aria-colcount': String(COLUMNS.length),
      'aria-keyshortcuts': 'Alt+ArrowDown Alt+ArrowUp',
    },
    head,
    body,
    spacer,
  );

  let rows = 0;
  let top = 0;
  let selected: number | null = null;
  let format: TimeFormat = 'sinceFirst';
  let firstAt: number | null = null;
  let rowHeight = 0;
  let scale: ScrollScale = scrollScale(0, 1, 1);
  let isDrawing = false;

  function headCell(name: (typeof COLUMNS)[number]): HTMLElement {
    return element('div', { class: `cell ${name}`, role: 'columnheader', text: texts[name] });
  }

  /** What is left for the rows, below the names of the columns. */
  const room = (): number => Math.max(0, grid.clientHeight - head.offsetHeight);

  const visible = (): number => Math.max(1, Math.floor(room() / height()));

  /** Measured, not assumed: the reader may have set any font and zoom. */
  const height = (): number => {
    if (rowHeight > 0) return rowHeight;
    const probe = element('div', { class: 'row' }, element('div', { class: 'cell', text: '0' }));
    body.append(probe);
    const measured = probe.getBoundingClientRect().height;
    probe.remove();
    if (measured > 0) rowHeight = measured;
    return measured || 22;
  };

  const measure = (): void => {
    rowHeight = 0;
    scale = scrollScale(rows, height(), room());
    body.style.top = `${head.offsetHeight}px`;
    spacer.style.height = `${scale.height}px`;
    drawSoon();
  };

  /** What comes many times before the next picture is drawn once for it. */
  const drawSoon = (): void => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      draw();
    });
  };

  const draw = (): void => {
    const count = Math.min(visible() + 1, Math.max(0, rows - top));
    while (body.children.length > count) body.lastElementChild?.remove();
    while (body.children.length < count) body.append(newRow());
    const shown: number[] = [];
    for (let i = 0; i < count; i++) {
      const n = fillRow(body.children[i] as HTMLElement, top + i);
      if (n !== null) shown.push(n);
    }
    sentences.ask(shown);
    const active = selected === null ? null : document.getElementById(`row-${selected}`);
    if (active === null) grid.removeAttribute('aria-activedescendant');
    else grid.setAttribute('aria-activedescendant', active.id);
  };

  const newRow = (): HTMLElement =>
    element(
      'div',
      { role: 'row' },
      ...COLUMNS.map((name) => element('div', { class: `cell ${name}`, role: 'gridcell' })),
    );

  /** Gives the packet's number, once it is known. */
  const fillRow = (drawn: HTMLElement, row: number): number | null => {
    const cached = cache.row(row);
    const cells = cached === null ? [] : cellsOf(row, cached);
    const verdict = cached?.page.verdict[cached.at] ?? 0;
    drawn.id = `row-${row}`;
    drawn.dataset.row = String(row);
    drawn.className = 'row';
    drawn.classList.toggle('invalid', ctstateOf(verdict) === 'INVALID');
    drawn.classList.toggle('unexpected', (verdict & UNEXPECTED) !== 0);
    drawn.classList.toggle('differs', differs(verdict, cached?.page.otherVerdict[cached.at]));
    drawn.classList.toggle('selected', row === selected);
    drawn.setAttribute('aria-rowindex', String(row + 2));
    drawn.setAttribute('aria-selected', String(row === selected));
    drawn.setAttribute('aria-busy', String(cached === null));
    for (let i = 0; i < COLUMNS.length; i++) {
      const cell = drawn.children[i];
      if (cell !== undefined) cell.textContent = cells[i] ?? (i === 0 ? '…' : '');
    }
    return cached?.page.n[cached.at] ?? null;
  };

  const cellsOf = (row: number, cached: CachedRow): string[] => {
    const before = format === 'sinceShown' && row > 0 ? cache.row(row - 1) : null;
    const { page, at } = cached;
    const says = sentences.of(page.n[at] as number);
    const cells = rowCells(cached, { format, firstAt, before, says });
    // Told in words too, for those who see no colour and no sign.
    if (differs(page.verdict[at], page.otherVerdict[at])) cells[OTHER] = `≠ ${cells[OTHER]}`;
    return cells;
  };

  const scrollToRow = (row: number): void => {
    top = Math.min(Math.max(0, row), Math.max(0, rows - visible()));
    grid.scrollTop = scale.topOf(top);
    drawSoon();
  };

  const select = (row: number): void => {
    if (rows === 0) return;
    selected = Math.min(Math.max(0, row), rows - 1);
    if (selected < top) scrollToRow(selected);
    else if (selected >= top + visible()) scrollToRow(selected - visible() + 1);
    draw();
    events.onSelect(selected);
  };

  grid.addEventListener('scroll', () => {
    // Within a pixel of where this row put it, the reader has not moved it.
    if (Math.abs(grid.scrollTop - scale.topOf(top)) < 1) return;
    top = scale.rowAt(grid.scrollTop);
    draw();
  });

  grid.addEventListener(
    'wheel',
    (event) => {
      // A pixel of the bar may stand for many rows; a turn of the wheel is always the same few.
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const steps =
        event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY / height() : event.deltaY;
      scrollToRow(top + (steps > 0 ? Math.ceil(steps) : Math.floor(steps)));
    },
    { passive: false },
  );

  body.addEventListener('mousedown', (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.row')?.dataset.row;
    if (row !== undefined) select(Number(row));
  });
  body.addEventListener('dblclick', () => events.onOpen());

  grid.addEventListener('keydown', (event) => {
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      events.onStep(event.key === 'ArrowDown');
      event.preventDefault();
      return;
    }
    const at = selected ?? -1;
    const page = visible();
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) select(move);
    else if (event.key === 'Enter') events.onOpen();
    else return;
    event.preventDefault();
  });

  new ResizeObserver(measure).observe(grid);

  return {
    element: grid,
    setRows: (count) => {
      if (count === rows) return;
      cache.dropLast(rows);
      rows = count;
      if (selected !== null && selected >= rows) selected = null;
      grid.setAttribute('aria-rowcount', String(rows + 1));
      measure();
      if (top > Math.max(0, rows - visible())) scrollToRow(top);
      else grid.scrollTop = scale.topOf(top);
    },
    setTime: (wanted, first) => {
      format = wanted;
      grid.dataset.time = wanted;
      firstAt = first;
      drawSoon();
    },
    setCompared: (isCompared) => {
      grid.classList.toggle('compared', isCompared);
    },
    draw,
    select,
    unselect: () => {
      selected = null;
      draw();
    },
    get selected() {
      return selected;
    },
    focus: () => grid.focus(),
  };
}
