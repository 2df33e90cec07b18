import { element } from './element.ts';

/** A picture that comes as the text of an SVG document. */
export interface Picture {
  readonly element: HTMLElement;
  show(svg: string | null): void;
}

/** Shows SVG as an image: what is in it cannot act, whatever it is. */
export function createPicture(title: string): Picture {
  const image = element('img', { alt: title, class: 'ladder' });
  image.hidden = true;
  let url: string | null = null;
  return {
    element: image,
    show: (svg) => {
      if (url !== null) URL.revokeObjectURL(url);
      url = svg === null ? null : URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      image.hidden = url === null;
      if (url !== null) image.src = url;
    },
  };
}
