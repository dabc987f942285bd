import { l10n } from 'vscode';
import { tag, type Html } from '../pages/html';
import type { Texts } from './messages';

/** The page before its script draws into it: what is the same for every host. */
export function topologyMain(title: string): Html[] {
  const button = (what: string, label: string, more: Record<string, string> = {}) =>
    tag('button', { type: 'button', id: what, 'data-do': what, ...more }, label);
  const columns = [
    ...[l10n.t('Adapter'), l10n.t('VF'), l10n.t('Held by'), l10n.t('Interface'), l10n.t('State')],
    ...[l10n.t('VLAN'), l10n.t('Rate'), l10n.t('Without the Uplink')],
  ];
  return [
    tag('h1', { id: 'title' }, title),
    tag('p', { id: 'state', role: 'status', hidden: true }),
    tag(
      'div',
      { id: 'tools', role: 'toolbar', 'aria-label': l10n.t('Picture') },
      tag('input', {
        ...{ id: 'filter', type: 'search', 'aria-label': l10n.t('VF, container or words:') },
        placeholder: l10n.t('Filter: names, addresses, vlan 42, is:free'),
      }),
      tag(
        'span',
        { class: 'group' },
        button('smaller', '−', { 'aria-label': l10n.t('Zoom Out') }),
        button('zoom', '100 %', { title: l10n.t('Actual Size') }),
        button('larger', '+', { 'aria-label': l10n.t('Zoom In') }),
        button('fit', l10n.t('Fit')),
      ),
      button('table', l10n.t('Table'), { 'aria-pressed': 'false' }),
      tag(
        'span',
        { class: 'group' },
        button('svg', l10n.t('Save as SVG…')),
        button('png', l10n.t('Save as PNG…')),
      ),
    ),
    tag('p', { id: 'nothing', role: 'status', hidden: true }, l10n.t('Nothing here matches.')),
    tag('div', { id: 'view' }),
    tag(
      'div',
      { id: 'list', hidden: true, tabindex: 0, role: 'region', 'aria-labelledby': 'title' },
      tag(
        'table',
        { id: 'rows', 'aria-labelledby': 'title' },
        tag('thead', {}, tag('tr', {}, ...columns.map((column) => tag('th', { scope: 'col' }, column)))),
        tag('tbody'),
      ),
    ),
    tag('p', { id: 'said', class: 'unseen', 'aria-live': 'polite' }),
  ];
}

/** With their numbers still to be filled in. */
export const texts = (): Texts => ({
  layers: [
    l10n.t('Plugged in at'),
    l10n.t('Adapters'),
    l10n.t('Virtual functions'),
    l10n.t('Containers and others'),
  ],
  vfs: l10n.t('{0} VFs, {1} used', '{0}', '{1}'),
  free: l10n.t('{0} free VFs', '{0}'),
  users: l10n.t('{0} containers', '{0}'),
  idle: l10n.t('{0} containers without VFs', '{0}'),
  links: l10n.t('{0} links', '{0}'),
  vlan: l10n.t('VLAN {0}', '{0}'),
  zoom: l10n.t('{0} %', '{0}'),
});
