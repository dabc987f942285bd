import { command } from '../../command';
import { always, fix, hit, type Family, type Hit } from '../../rule';
import { pciIn } from '../../view/line';
import { once } from '../../view/once';
import type { View } from '../../view/view';
import { knownDrivers, near } from './near';

const noFile = '(?:No such file|nonexistent)';
/** Where a driver is named that sysfs doesn't have, and where a module is named that can't be found. */
const driverFile = new RegExp(
  `(?:cannot|can't|could not|failed to|unable to) (?:open|write(?: to)?) '?\\S*/drivers/([\\w-]+)/(?:bind|unbind|new_id|remove_id)\\b|/drivers/([\\w-]+)/(?:bind|unbind|new_id|remove_id)\\b.*${noFile}`,
  'i',
);
/** Programs that know the names of drivers by heart, or look them up. */
const driverNamed =
  /\bDriver '([\w-]+)' is not loaded|\b(?:unknown|unsupported|invalid|no such) driver(?: name)?:? ['"]?([\w-]+)|\bdriver ['"]?([\w-]+)['"]? (?:not found|does ?n[o']t exist)|Unsupported value: "([\w-]+)": supported values/i;
const moduleNotFound = /\bModule ([\w-]+) not found\b/;

/** What programs say of an interface that isn't there; the name is in the group. */
const noInterface = [
  /Cannot find device "?([\w.:-]+)"?/,
  /Device "([\w.:-]+)" does not exist/,
  /could not open network device ([\w.:-]+) \(No such device\)/,
  /\b(?:for interface|interface \w+ on|MTU on|address on|flags on) '?([\w.-]+)'?: No such device/i,
  /[Pp]arent device "([\w.:-]+)" (?:doesn't|does not) exist/,
  /Unknown device: ([a-z][\w-]*)\. Please specify/,
  /\) on ([\w.-]+) device failed: No such device/,
  /Device '([\w.:-]+)' not found/,
  /failed to look ?up (?:master|pf|link|device) "?([\w.-]+)"?: Link not found/i,
  /^([a-z][\w.-]*): error (?:fetching|while getting) interface (?:information|flags): (?:Device not found|No such device)/,
];

/** Interfaces that are listed or that the kernel renamed to, and what they were called before. */
const interfaces = once((view: View) => {
  const brief = view.said.flatMap(
    ({ text }) => /^([\w.-]+)(?:@\S+)?\s+(?:UP|DOWN|UNKNOWN|DORMANT|LOWERLAYERDOWN)\s/.exec(text)?.[1] ?? [],
  );
  const listed = [...view.interfaces.flatMap(({ name, altnames }) => [name, ...altnames]), ...brief];
  const renamed = new Map<string, string>();
  for (const { text } of view.said) {
    const [, now, before] = /([\w.-]+): renamed from ([\w.-]+)/.exec(text) ?? [];
    if (now !== undefined && before !== undefined) renamed.set(before, now);
  }
  return { names: new Set(listed), renamed, complete: listed.includes('lo') && listed.length > 1 };
});

/** What an interface is called now, or what may have been meant, when there is none of this name. */
function otherNames(view: View, name: string): string[] | null {
  const { names, renamed } = interfaces(view);
  if (names.has(name)) return null;
  let now = renamed.get(name);
  for (let steps = 0; steps < 4 && now !== undefined && renamed.has(now); steps++) now = renamed.get(now);
  return now === undefined || now === name ? near(name, [...names]) : [now];
}

/** Which interface a text says isn't there. */
const missingIn = (text: string): string | undefined =>
  noInterface.map((pattern) => pattern.exec(text)?.[1]).find((one) => one !== undefined);

/** That an interface of this name isn't there is told, or shown by a complete listing or by its new name. */
export const isMissingInterface = (view: View, name: string | null): boolean =>
  isUnknownInterface(view, name) ||
  (name !== null && view.failures.some(({ error }) => missingIn(error) === name));

/** A complete listing or a new name shows that there is none of this name. */
function isUnknownInterface(view: View, name: string | null): boolean {
  if (name === null) return false;
  const { names, renamed, complete } = interfaces(view);
  return !names.has(name) && (renamed.has(name) || complete);
}

const unknownInterfaces = (view: View): Hit[] => {
  const told = view.said
    .filter(({ source, driver }) => source !== 'command' && driver === null)
    .flatMap((line) => {
      const name = missingIn(line.text);
      return name === undefined ? [] : [{ name, lines: [line.raw] }];
    });
  const files = view.failures
    .filter(
      ({ errno, text, iface }) =>
        errno === 'ENOENT' && /\/sys\/class\/net\//.test(text) && isUnknownInterface(view, iface),
    )
    .map(({ iface, evidence }) => ({ name: iface ?? '', lines: evidence }));
  return [...told, ...files].flatMap(({ name, lines }) => {
    const others = otherNames(view, name);
    if (others === null || pciIn(name) !== null) return [];
    const sure = others.length > 0 || isUnknownInterface(view, name);
    return [
      hit(name, lines, {
        severity: always(sure ? 'error' : 'warning'),
        ...(others.length > 0 ? { says: others.join(', ') } : {}),
      }),
    ];
  });
};

const unknownDrivers = (view: View): Hit[] =>
  view.said
    .filter(({ source }) => source !== 'command')
    .flatMap((line) => {
      const asDriver = (driverFile.exec(line.text) ?? driverNamed.exec(line.text))
        ?.slice(1)
        .find((group) => group !== undefined);
      const name = asDriver ?? moduleNotFound.exec(line.text)?.[1];
      if (name === undefined) return [];
      // modprobe takes either spelling.
      const spelling = (other: string) => (asDriver === undefined ? other.replaceAll('-', '_') : other);
      const known = knownDrivers.map(spelling);
      if (known.includes(spelling(name))) return [];
      const meant = near(spelling(name), known);
      return meant.length > 0 ? [hit(name, [line], { says: meant.join(', ') })] : [];
    });

export const names: Family = {
  id: 'host.names',
  cause: 'name-unknown',
  fine: 'Every name that was used exists',
  looked: () => [],
  rules: [
    {
      id: 'names.interface',
      cause: 'name-unknown',
      severity: always('error'),
      when: unknownInterfaces,
      title: ({ subject }) => `There is no interface named ${subject}`,
      explain: ({ says }) =>
        says === undefined
          ? 'The host has no interface of this name: it is misspelt, it was renamed, or it is in a network namespace.'
          : `The host has no interface of this name, but it has ${says}: the name is misspelt, or it was changed at boot.`,
      fixes: ({ says }) => [
        fix('command', says === undefined ? 'Find the name' : `Use ${says}`, {
          commands: [command`ip -br link`],
        }),
      ],
      yieldsTo: ['vf-stuck-in-netns'],
    },
    {
      id: 'names.driver',
      cause: 'name-unknown',
      severity: always('error'),
      when: unknownDrivers,
      title: ({ subject }) => `There is no driver named ${subject}`,
      explain: ({ says }) =>
        `The name is spelt differently: ${says ?? ''}. For modprobe "-" and "_" are the same, in /sys/bus/pci/drivers they are not.`,
      fixes: ({ says }) => [
        fix('command', `Use ${says ?? 'the right name'}`, { commands: [command`ls /sys/bus/pci/drivers`] }),
      ],
    },
  ],
};
