import { l10n } from 'vscode';
import { measureNames, type Measure } from '../../model/counters/counter';
import { buttons, tag, type Html } from '../pages/html';
import { windows } from './messages';

/** The page of the counters before it has any; its script fills it in. */
export function countersMain(): Html[] {
  return [
    tag(
      'div',
      { id: 'actions', role: 'toolbar', 'aria-label': l10n.t('What is shown') },
      ...buttons([{ press: 'pick', label: l10n.t('Pick Functions…'), primary: true }]),
      choice(
        'measure',
        l10n.t('Per second:'),
        measureNames.map((name) => [name, measureTexts[name]] as const),
      ),
      choice(
        'minutes',
        l10n.t('Window:'),
        windows.map((minutes) => [`${minutes}`, windowTexts[minutes]] as const),
      ),
      tag(
        'label',
        { class: 'check' },
        tag('input', { type: 'checkbox', id: 'log' }),
        ' ',
        l10n.t('Logarithmic'),
      ),
      ...buttons([
        { press: 'pause', label: l10n.t('Pause') },
        { press: 'csv', label: l10n.t('Export CSV…') },
      ]),
      tag('span', { id: 'state', role: 'status' }),
    ),
    tag('div', { id: 'charts' }, chart('rx', l10n.t('Received')), chart('tx', l10n.t('Sent'))),
    table(),
    tag(
      'section',
      { id: 'trouble', 'aria-labelledby': 'trouble-heading', hidden: true },
      tag('h2', { id: 'trouble-heading' }, l10n.t('What Grows')),
      tag('ul', { id: 'hints' }),
    ),
  ];
}

const measureTexts: Record<Measure, string> = {
  bits: l10n.t('Bits'),
  packets: l10n.t('Packets'),
  drops: l10n.t('Drops'),
  errors: l10n.t('Errors'),
  multicast: l10n.t('Multicast'),
};

const windowTexts: Record<(typeof windows)[number], string> = {
  1: l10n.t('1 minute'),
  5: l10n.t('5 minutes'),
  15: l10n.t('15 minutes'),
  60: l10n.t('1 hour'),
};

const choice = (id: string, label: string, options: (readonly [value: string, text: string])[]): Html =>
  tag(
    'label',
    {},
    label,
    ' ',
    tag('select', { id }, ...options.map(([value, text]) => tag('option', { value }, text))),
  );

/** What a picture shows is in the table, too. */
const chart = (id: string, heading: string): Html =>
  tag(
    'figure',
    {},
    tag('figcaption', { id: `${id}-heading` }, heading),
    tag('div', {
      ...{ id, class: 'chart', role: 'img' },
      'aria-label': l10n.t('{0}: a chart of the numbers in the table below', heading),
    }),
  );

const table = (): Html =>
  tag(
    'table',
    { id: 'rates', 'aria-label': l10n.t('Rates') },
    tag(
      'thead',
      {},
      tag(
        'tr',
        {},
        ...[
          l10n.t('Line'),
          l10n.t('Function'),
          l10n.t('Where'),
          l10n.t('Received'),
          l10n.t('Sent'),
          l10n.t('Peak received'),
          l10n.t('Peak sent'),
          l10n.t('Drops'),
          l10n.t('Errors'),
        ].map((text) => tag('th', { scope: 'col' }, text)),
      ),
    ),
    tag('tbody', {}),
  );
