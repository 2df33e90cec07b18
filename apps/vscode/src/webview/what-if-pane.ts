import type { PacketTexts } from '../protocol/packets.ts';
import type { WhatIf, WhatIfWanted } from '../protocol/what-if.ts';
import { element } from './element.ts';
import { fillIn } from './fill-in.ts';
import { outcomeText } from './outcome-text.ts';
import { createPicture } from './picture.ts';
import { simulatedLadder } from './simulated-ladder.ts';

/** What comes of the connect where something else were set. */
export interface WhatIfPane {
  readonly element: HTMLElement;
  /** Shows it, or hides it. */
  setShown(isShown: boolean): void;
  /** Tries again: another kernel explains, or the incident was read again. */
  refresh(): void;
  /** Shows the captured connection beside it. */
  setCaptured(ladder: string | null): void;
}

/** Asks what comes of a connect. */
export type TryConnect = (
  wanted: Omit<WhatIfWanted, 'profile'>,
) => Promise<WhatIf | { readonly problem: string }>;

/** A sysctl that is on or off. */
const SWITCHES: readonly string[] = [
  'nf_conntrack_tcp_be_liberal',
  'nf_conntrack_tcp_ignore_invalid_rst',
  'nf_conntrack_tcp_loose',
];

/** Makes the pane in which sysctls and mitigations are tried on the connect of the incident. */
export function createWhatIfPane(texts: PacketTexts, tryConnect: TryConnect): WhatIfPane {
  const controls = element('form', { class: 'tried' });
  const outcome = element('div', { class: 'outcome', role: 'status' });
  const simulated = element('div', { class: 'side' });
  const captured = createPicture(texts.ladder);
  const capturedSide = element(
    'div',
    { class: 'side' },
    element('h3', { text: texts.whatIfCaptured }),
    captured.element,
  );
  const pane = element(
    'section',
    { class: 'what-if', tabindex: '0', 'aria-label': texts.whatIf },
    element('h2', { text: texts.whatIf }),
    controls,
    outcome,
    element('div', { class: 'sides' }, simulated, capturedSide),
  );
  pane.hidden = true;
  capturedSide.hidden = true;
  let wanted: Omit<WhatIfWanted, 'profile'> = { port: null, sysctls: {}, mitigation: 'none' };
  /** Which controls there are; the same ones stay, so that the focus does. */
  let made = '';
  let last = 0;

  const ask = (now: Partial<typeof wanted> = {}): void => {
    wanted = { ...wanted, ...now };
    const mine = ++last;
    void tryConnect(wanted).then((found) => {
      if (mine === last) show(found);
    });
  };

  const show = (found: WhatIf | { readonly problem: string }): void => {
    if ('problem' in found) {
      made = '';
      controls.replaceChildren();
      outcome.replaceChildren(
        element('p', { class: 'verdict-line', text: `${texts.missing}: ${found.problem}` }),
      );
      simulated.replaceChildren();
      return;
    }
    const needed = JSON.stringify([found.kernel, found.ports, found.sysctls]);
    if (made !== needed) {
      made = needed;
      controls.replaceChildren(...controlsOf(found));
    }
    outcome.replaceChildren(
      ...found.runs.flatMap((run) => [
        element('p', {
          class: `verdict-line ${run.outcome}`,
          text: outcomeText(run, found.connect, texts),
        }),
        element('p', { text: run.why }),
      ]),
      ...(found.unavailable === null
        ? []
        : [element('p', { class: 'verdict-line', text: found.unavailable })]),
    );
    simulated.replaceChildren(
      element('h3', { text: `${texts.whatIfSimulated}: ${found.kernel.title}` }),
      ...found.runs.flatMap((run) => [
        simulatedLadder(run, outcomeText(run, found.connect, texts), texts),
        ...(run.more === 0 ? [] : [element('p', { text: fillIn(texts.whatIfMore, run.more) })]),
      ]),
      ...(found.assumptions.length === 0 ? [] : [element('h3', { text: texts.whatIfAssumed })]),
      element('ul', {}, ...found.assumptions.map((text) => element('li', { text }))),
    );
  };

  const controlsOf = (found: WhatIf): HTMLElement[] => {
    const port = selectOf(
      found.ports.map((one) => [String(one), String(one)]),
      String(found.port),
      (value) => ask({ port: Number(value) }),
    );
    const mitigation = selectOf(
      found.mitigations.map((name) => [name, name === 'none' ? texts.whatIfAsItIs : name]),
      wanted.mitigation,
      (value) => ask({ mitigation: value }),
    );
    const reset = element('button', { type: 'button', text: texts.whatIfReset });
    reset.addEventListener('click', () => {
      made = '';
      ask({ sysctls: {}, mitigation: 'none' });
    });
    return [
      labelled(texts.whatIfPort, port),
      labelled(texts.whatIfMitigation, mitigation),
      ...Object.entries(found.sysctls).map(([name, usual]) => sysctlControl(name, usual)),
      reset,
    ];
  };

  const sysctlControl = (name: string, usual: number | null): HTMLElement => {
    const isSwitch = SWITCHES.includes(name);
    const value = wanted.sysctls[name] ?? usual ?? 0;
    const input = element('input', {
      type: isSwitch ? 'checkbox' : 'number',
      min: '0',
      max: '2147483647',
      disabled: usual === null ? '' : undefined,
      title: usual === null ? texts.whatIfNoSysctl : undefined,
    });
    if (isSwitch) input.checked = value !== 0;
    else input.value = String(value);
    input.addEventListener('change', () => {
      const set = isSwitch ? Number(input.checked) : Number(input.value);
      if (!Number.isInteger(set) || set < 0) return;
      const { [name]: _, ...others } = wanted.sysctls;
      ask({ sysctls: set === usual ? others : { ...others, [name]: set } });
    });
    return labelled(name, input);
  };

  controls.addEventListener('submit', (event) => event.preventDefault());

  return {
    element: pane,
    setShown: (isShown) => {
      pane.hidden = !isShown;
      if (!isShown) return;
      ask();
      pane.focus();
    },
    refresh: () => {
      if (!pane.hidden) ask();
    },
    setCaptured: (ladder) => {
      capturedSide.hidden = ladder === null;
      captured.show(ladder);
    },
  };
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element('label', {}, element('span', { text }), control);
}

function selectOf(
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const select = element(
    'select',
    {},
    ...options.map(([one, text]) => element('option', { value: one, text })),
  );
  select.value = value;
  select.addEventListener('change', () => onChange(select.value));
  return select;
}
