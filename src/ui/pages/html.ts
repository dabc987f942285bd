import { lines } from '../hostText';

/** Markup that we made ourselves. Whatever else is put into it is text. */
export class Html {
  constructor(readonly text: string) {}
}

type Child = Html | string | number | false | undefined | Child[];
type Attributes = Record<string, string | number | boolean | undefined>;

/** An element; attributes that are false or undefined are left out. */
export function tag(name: string, attributes: Attributes = {}, ...children: Child[]): Html {
  const given = Object.entries(attributes).map(([key, value]) =>
    value === false || value === undefined
      ? ''
      : value === true
        ? ` ${key}`
        : ` ${key}="${text(`${value}`)}"`,
  );
  const end = withoutEnd.includes(name) ? '' : `${markup(children)}</${name}>`;
  return new Html(`<${name}${given.join('')}>${end}`);
}

const withoutEnd = ['input', 'link', 'meta'];

function markup(child: Child): string {
  if (child === false || child === undefined) return '';
  if (child instanceof Html) return child.text;
  return Array.isArray(child) ? child.map(markup).join('') : text(`${child}`);
}

/** Text as text: no markup, and no characters that turn its direction or hide in it. */
const text = (said: string): string => lines(said).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A section with a heading; nothing where it would be empty. */
export const section = (id: string, heading: string, ...children: Child[]): Html | undefined =>
  children.every((child) => child === undefined || (Array.isArray(child) && child.length === 0))
    ? undefined
    : tag('section', { id, 'aria-labelledby': `${id}-heading` }, [
        tag('h2', { id: `${id}-heading` }, heading),
        ...children,
      ]);

export const bullets = (all: string[]): Html | undefined =>
  all.length === 0 ? undefined : tag('ul', {}, ...all.map((one) => tag('li', {}, one)));

/** A moment, in the reader's own time and as long ago as it is: the page's script writes both. */
export const moment = (iso: string): Html => tag('time', { datetime: iso }, iso);

/** A moment within a text, which was given `hole` where it stands: `filled(l10n.t('started {0}', hole), iso)`. */
export function filled(text: string, iso: string): Html {
  const [before = '', after = ''] = text.split(hole);
  return tag('span', {}, before, moment(iso), after);
}
export const hole = '\ue000';

/** What can be folded away; the page remembers whether it is. */
export const folded = (id: string, summary: Child, ...children: Child[]): Html =>
  tag('details', { id }, tag('summary', { id: `${id}-summary` }, summary), ...children);

export interface Button {
  /** What the page says when it is pressed. */
  press: string;
  /** What it is about, where there are several. */
  about?: string;
  label: string;
  primary?: boolean;
  disabled?: boolean;
}

export const buttons = (all: Button[]): Html[] =>
  all.map(({ press, about, label, primary = false, disabled = false }) =>
    tag(
      'button',
      {
        ...{ type: 'button', id: about === undefined ? press : `${press}-${about}` },
        ...{ 'data-press': press, 'data-about': about },
        class: primary ? 'primary' : undefined,
        disabled,
      },
      label,
    ),
  );
