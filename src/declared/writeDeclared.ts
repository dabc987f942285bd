import { yamlScalar as scalar } from '../model/declared/yamlText';
import type { Declared, DeclaredAdapter, DeclaredAttachment } from '../model/declared/declared';

export interface Remarks {
  /** Above each adapter, by its PCI address. */
  ofAdapter: Readonly<Record<string, string>>;
  atEnd: readonly string[];
}

/** The text of `sriov.yaml`. Every string is quoted, so that no reader takes one for something else. */
export const writeDeclared = (
  { host, adapters = [], attachments = [] }: Declared,
  remarks: Remarks,
): string =>
  [
    '# What this host should be. "sriov plan FILE" shows what differs, "sriov apply FILE" changes it.',
    '# Anything not listed here is not managed, and never reset; an empty list means none.',
    'version: 1',
    ...(host === undefined ? [] : [`host: ${scalar(host)}`]),
    ...list(
      'adapters',
      adapters.flatMap((adapter) => adapterLines(adapter, remarks)),
    ),
    ...list('attachments', attachments.flatMap(attachmentLines)),
    ...remarks.atEnd.map(comment),
    '',
  ].join('\n');

const list = (key: string, lines: string[]): string[] =>
  lines.length === 0 ? [`${key}: []`] : [`${key}:`, ...lines];

function adapterLines(
  { nicSelector, numVfs, eSwitchMode, vfGroups = [] }: DeclaredAdapter,
  { ofAdapter }: Remarks,
): string[] {
  const about = ofAdapter[nicSelector.rootDevices?.[0] ?? ''];
  return [
    ...(about ? [`  ${comment(about)}`] : []),
    `  - nicSelector: ${flow(nicSelector)}`,
    `    numVfs: ${numVfs}`,
    ...(eSwitchMode === undefined ? [] : [`    eSwitchMode: ${eSwitchMode}`]),
    ...(vfGroups.length === 0 ? [] : ['    vfGroups:', ...vfGroups.map((group) => `      - ${flow(group)}`)]),
  ];
}

function attachmentLines({ container, ...rest }: DeclaredAttachment): string[] {
  const { routes, ...others } = rest;
  return [
    `  - container: ${flow(container)}`,
    ...Object.entries(others).map(([key, value]) => `    ${key}: ${flow(value)}`),
    ...(routes === undefined ? [] : ['    routes:', ...routes.map((route) => `      - ${flow(route)}`)]),
  ];
}

/** On one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries.map(([key, one]) => `${key}: ${isSwitch(key) ? `"${one ? 'on' : 'off'}"` : flow(one)}`).join(', ')}}`;
}

/** The operator has keys for these. */
const isSwitch = (key: string): boolean => key === 'spoofChk' || key === 'trust';

const comment = (text: string): string => `# ${text.replace(/[\0-\x1f\u007f-\u009f\u2028\u2029]/g, ' ')}`;
