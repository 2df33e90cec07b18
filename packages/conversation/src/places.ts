import type { CapturePages, Page } from './capture-pages.ts';

/** Where packets are captured: an interface of a capture. */
export interface Place {
  readonly capture: string;
  readonly captureIndex: number;
  /** Interface by name or `#index`; undefined where the capture does not say. */
  readonly interface: string | undefined;
  /** Number of the capture and of the interface. */
  readonly point: number;
}

/** The places of captures, by small numbers. */
export class Places {
  readonly list: Place[] = [];
  /** By page and number of the interface. */
  readonly #ofPages = new Map<Page, number[]>();
  /** By point and name: the pages of a capture mostly have the same interfaces. */
  readonly #known = new Map<string, number>();

  /** Gives the number of the place of an interface. */
  find(capture: CapturePages, page: Page, interfaceNumber: number): number {
    let ofPage = this.#ofPages.get(page);
    if (ofPage === undefined) {
      ofPage = [];
      this.#ofPages.set(page, ofPage);
    }
    ofPage[interfaceNumber] ??= this.#add(capture, page, interfaceNumber);
    return ofPage[interfaceNumber];
  }

  #add({ name: capture, index }: CapturePages, { columns }: Page, interfaceNumber: number): number {
    const from = columns.interfaces[interfaceNumber];
    const name = from?.index === undefined ? from?.name : `#${from.index}`;
    // Interfaces are told apart by 16 bits, captures by the rest.
    const point = index * 0x1_0000 + interfaceNumber;
    const key = `${point} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = this.list.push({ capture, captureIndex: index, interface: name, point }) - 1;
    this.#known.set(key, number);
    return number;
  }
}
