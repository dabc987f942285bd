import { l10n } from 'vscode';
import type { Finding, Fix, Severity } from '../../model/finding';
import { stateWords } from '../readiness/rows';
import { buttons, filled, folded, hole, section, tag, type Button, type Html } from './html';

export interface CheckView {
  host: string;
  finding: Finding;
  /** When the checks ran; ISO 8601. */
  at: string;
  /** `gone`: the last run has nothing of the kind. `elsewhere`: another host is connected. */
  state: 'found' | 'new' | 'gone' | 'checking' | 'elsewhere';
}

/** The page of a check, from the top: how it went, what that means, what it rests on, what to do. */
export function checkMain(view: CheckView): Html[] {
  const { host, finding, at } = view;
  const { subject, title } = finding;
  const where = subject === 'host' ? l10n.t('on {0}', host) : l10n.t('{0} on {1}', subject, host);
  const [tone, text] = stateText(view);
  const parts = [
    tag('h1', { id: 'title' }, title),
    tag('p', { id: 'where' }, where, ' · ', filled(l10n.t('checked {0}', hole), at)),
    tag('p', { id: 'state', role: 'status', 'aria-live': 'polite', tabindex: -1, class: tone }, text),
    tag('div', { id: 'actions', role: 'group', 'aria-labelledby': 'title' }, ...buttons(actions(view))),
    ...findingSections(finding, view),
    section(
      'details',
      l10n.t('Details'),
      folded(
        'json',
        l10n.t('The result as JSON'),
        tag('pre', { tabindex: 0 }, JSON.stringify(finding, null, 2)),
      ),
    ),
  ];
  return parts.filter((part) => part !== undefined);
}

/** What a finding means, what it rests on, and what to do. */
export const findingSections = (
  { explanation, evidence, fixes }: Pick<Finding, 'explanation' | 'evidence' | 'fixes'>,
  view: Pick<CheckView, 'state'>,
): (Html | undefined)[] => [
  section('why', l10n.t('What It Means'), explanation === '' ? undefined : tag('p', {}, explanation)),
  section(
    'evidence',
    l10n.t('What Was Seen'),
    evidence.length === 0 ? undefined : tag('pre', { tabindex: 0 }, evidence.join('\n')),
  ),
  section(
    'fixes',
    l10n.t('What to Do'),
    fixes.length === 0
      ? undefined
      : tag('ol', { class: 'fixes' }, ...fixes.map((fix, index) => fixItem(view, fix, index))),
  ),
];

export const tones: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  unknown: '',
  info: '',
  pass: 'done',
};

function stateText({ finding, state, host }: CheckView): [tone: string, text: string] {
  const { severity } = finding;
  switch (state) {
    case 'found':
      return [tones[severity], l10n.t('Result: {0}', stateWords[severity])];
    case 'new':
      return [tones[severity], l10n.t('Result: {0}, new since the last run', stateWords[severity])];
    case 'gone':
      return ['done', l10n.t('The last run no longer found this. This is what was found before.')];
    case 'checking':
      return ['', l10n.t('Checking {0}…', host)];
    case 'elsewhere':
      return ['', l10n.t('{0} is not the connected host.', host)];
  }
}

function actions({ state }: CheckView): Button[] {
  const again = { press: 'again', label: l10n.t('Run Again') };
  return [
    ...(state === 'checking' ? [{ press: 'cancel', label: l10n.t('Cancel') }] : []),
    ...(state === 'checking' || state === 'elsewhere' ? [] : [again]),
    { press: 'copy', label: l10n.t('Copy Result') },
  ];
}

const kinds: Record<Fix['kind'], string> = {
  'kernel-args': l10n.t('kernel arguments'),
  bios: l10n.t('firmware setup of the machine'),
  firmware: l10n.t('firmware of the adapter'),
  driver: l10n.t('driver'),
  command: l10n.t('by hand'),
};

function fixItem({ state }: Pick<CheckView, 'state'>, fix: Fix, index: number): Html {
  const { kind, summary, commands, risk, needsReboot, change } = fix;
  const id = `fix-${index}`;
  const isPlanned = change !== undefined && state !== 'elsewhere' && state !== 'gone';
  const about = `${index}`;
  const offered: Button[] = [
    ...(isPlanned ? [{ press: 'apply', about, label: l10n.t('Apply Fix…'), primary: true }] : []),
    ...(commands.length > 0 ? [{ press: 'commands', about, label: l10n.t('Copy Commands') }] : []),
  ];
  const facts = [kinds[kind], ...(needsReboot ? [l10n.t('needs a reboot')] : [])].join(' · ');
  return tag(
    'li',
    { id },
    tag('h3', { id: `${id}-title` }, summary),
    tag('p', { class: 'facts' }, facts),
    risk !== null && tag('p', { class: 'risk' }, l10n.t('Risk: {0}', risk)),
    commands.length > 0 && tag('pre', { tabindex: 0 }, commands.join('\n')),
    offered.length > 0 &&
      tag('div', { role: 'group', 'aria-labelledby': `${id}-title` }, ...buttons(offered)),
  );
}
