import { l10n } from 'vscode';
import type { Finding } from '../../model/finding';
import type { PathResult } from '../../model/wire/path';
import { stateWords } from '../readiness/rows';
import { findingSections, tones } from './checkMain';
import { buttons, filled, hole, section, tag, type Button, type Html } from './html';

export interface PathView {
  host: string;
  result: PathResult;
  /** When it was checked; ISO 8601. */
  at: string;
  /** `elsewhere`: another host is connected. */
  state: 'found' | 'checking' | 'elsewhere';
}

/** What *Configure VF…* can change of what is wrong. */
const configured = ['path.vlan', 'path.mac'];

/** The page of a path, from the top: what is wrong first, what to do, and each check. */
export function pathMain(view: PathView): Html[] {
  const { host, at, result } = view;
  const { label, findings, verdict } = result;
  const parts = [
    tag('h1', { id: 'title' }, l10n.t('Path of {0}', label)),
    tag('p', { id: 'where' }, l10n.t('on {0}', host), ' · ', filled(l10n.t('checked {0}', hole), at)),
    tag(
      'p',
      {
        ...{ id: 'state', role: 'status', 'aria-live': 'polite', tabindex: -1 },
        class: view.state === 'found' ? tones[verdict?.severity ?? openOf(findings)] : '',
      },
      stateText(view),
    ),
    tag('div', { id: 'actions', role: 'group', 'aria-labelledby': 'title' }, ...buttons(actions(view))),
    ...(verdict ? findingSections(verdict, fixState(view)) : []),
    section('checks', l10n.t('All Checks'), tag('ul', { class: 'checks' }, ...findings.map(check))),
  ];
  return parts.filter((part) => part !== undefined);
}

const fixState = ({ state }: PathView) => ({ state: state === 'elsewhere' ? state : ('found' as const) });

const check = ({ severity, title, evidence, explanation }: Finding): Html =>
  tag(
    'li',
    { class: tones[severity] },
    tag('strong', {}, stateWords[severity]),
    `: ${title}`,
    evidence.length > 0 && severity === 'pass' && tag('div', { class: 'facts' }, evidence.join(' · ')),
    severity === 'unknown' && tag('div', { class: 'facts' }, explanation),
  );

const openOf = (findings: Finding[]): 'unknown' | 'pass' =>
  findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'pass';

function stateText({ state, host, result: { verdict, findings } }: PathView): string {
  if (state === 'checking') return l10n.t('Checking {0}…', host);
  if (state === 'elsewhere') return l10n.t('{0} is not the connected host.', host);
  if (verdict) return l10n.t('The first thing that is wrong: {0}', verdict.title);
  return openOf(findings) === 'pass'
    ? l10n.t('The path works.')
    : l10n.t('Nothing wrong was found; some of it could not be checked.');
}

function actions({ state, result: { verdict, vf } }: PathView): Button[] {
  if (state === 'checking') return [];
  const isFound = state === 'found';
  const canConfigure = isFound && vf !== null && verdict !== null && configured.includes(verdict.id);
  return [
    ...(canConfigure ? [{ press: 'configure', label: l10n.t('Configure VF…'), primary: true }] : []),
    ...(isFound
      ? [
          { press: 'again', label: l10n.t('Check Again') },
          { press: 'address', label: l10n.t('Check With an Address…') },
          { press: 'capture', label: l10n.t('Capture Packets…') },
        ]
      : []),
    { press: 'copy', label: l10n.t('Copy Result') },
  ];
}
