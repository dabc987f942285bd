import { argumentLists } from '../../boot/argumentLists';
import { bootFile, bootFiles, type BootFile } from '../../boot/files';
import { kernelArgs as parseArgs, ours, type KernelArgs } from '../../boot/kernelArgs';
import { fromFact, needsReboot } from '../../boot/nextBoot';
import { command } from '../command';
import { removeArg } from './bootloader';
import { always, fix, hit, whenPassedOn, type Family, type Hit } from '../rule';
import { iommuState } from '../view/iommuState';
import type { View } from '../view/view';

interface Configured {
  tokens: string[];
  line: string;
}

/** What the configuration has, by whatever was quoted of it: files, lines of files, what grubby prints. */
function configured(view: View): Configured[] {
  const said = view.said.flatMap(({ text, raw }) =>
    text.startsWith('#') ? [] : configuredIn(text).map((found) => ({ ...found, line: raw })),
  );
  return [
    ...said.filter(({ menu }) => !menu),
    ...inEveryEntry(said.filter(({ menu }) => menu)),
    ...view
      .factsOf(/GRUB_CMDLINE|etc\/default\/grub|etc\/kernel\/cmdline|loader\/entries|grubby/)
      .map(({ value, line }) => ({ tokens: parseArgs(value.replace(/^GRUB_CMDLINE\w*=/, '')).tokens, line })),
  ];
}

/** The arguments in one line of text. `menu`: of one entry of a boot menu, of which there is one for each kernel. */
function configuredIn(text: string): { tokens: string[]; menu: boolean }[] {
  const [, path = '', rest = ''] = /^(\/\S+?):\s*(.+)$/.exec(text) ?? [];
  const file = bootFile(path);
  if (file) {
    const menu = file.form === 'entry';
    return menu && /rescue|recovery/i.test(text)
      ? []
      : listed(rest, file).map((tokens) => ({ tokens, menu }));
  }
  const lines = [
    ...(/(?<=^|[:\s`(])GRUB_CMDLINE_LINUX.*/.exec(text) ?? []).flatMap((found) =>
      listed(found, bootFiles.grub),
    ),
    ...listed(text, bootFiles.extlinuxOfAlpine),
    ...(/^options\s+(?:root|initrd)/.test(text) ? listed(text, bootFiles.entries) : []),
    ...(/^(?:args="|kernelopts\S*[:=]\s*)([^"]+)"?$/.exec(text)?.slice(1) ?? []).map(tokensOf),
  ];
  return lines.map((tokens) => ({ tokens, menu: false }));
}
const listed = (text: string, file: BootFile): string[][] =>
  argumentLists(text, file).lists.map(({ value }) => tokensOf(value.text));
const tokensOf = (text: string): string[] => parseArgs(text).tokens;

/** Which entry was booted isn't said, so what counts is what all of them have. */
function inEveryEntry(entries: Configured[]): Configured[] {
  const [first] = entries;
  if (!first) return [];
  const common = first.tokens.filter((token) => entries.every(({ tokens }) => tokens.includes(token)));
  return [{ tokens: common, line: first.line }];
}

/** Stated in prose: the flag is in the file, but not in the running kernel. */
const inFile = /\bgrub\b|kernel\/cmdline|loader\/entries|grubby|\bkargs\b|GRUB_CMDLINE/i;
const inKernel = /\/proc\/cmdline|running (?:kernel|command line)/i;
const isnt = /\b(?:not|no|lacks?|without|missing|absent)\b|n['’]t\b/i;
const saidSo = (text: string): boolean => inFile.test(text) && inKernel.test(text) && isnt.test(text);

/** An argument of a file that somebody says the running kernel, or its menu, doesn't have. */
const lacking =
  /(?:running kernel|\/proc\/cmdline|grub\.cfg|command line)\b.{0,60}(?:\bnot\b|n['’]t\b|\black|\bwithout\b|\bmissing\b)[\s*_:]*(?:(?:have|has|include|included|contain|show|there|present|applied)[\s*_:]*)?(.*)/i;
const argument = /(?<=^|[\s"'`])[a-z][\w.-]*=[\w.,:-]+(?=$|[\s"'`,;)])/g;
function toldLacking(view: View): string[] {
  const told = view.said.flatMap(({ text, raw }) =>
    (lacking.exec(text)?.[1]?.match(argument) ?? []).map((token) => ({ token, line: raw })),
  );
  return told.length === 0
    ? []
    : configured(view).flatMap(({ tokens, line }) =>
        told.filter(({ token }) => tokens.includes(token)).flatMap((one) => [line, one.line]),
      );
}

/** A remark beside the command line itself: `quiet (intel_iommu=on is in /etc/default/grub)`. */
const remarked = ({ raw, tokens }: KernelArgs): boolean =>
  (raw.match(/\([^)]*\)/g) ?? []).some(
    (remark) =>
      inFile.test(remark) &&
      remark
        .slice(1, -1)
        .split(/[\s,;"]+/)
        .some((one) => /=/.test(one) && ours.test(one) && !tokens.includes(one)),
  );

function notApplied(view: View): Hit[] {
  const running = view.args;
  if (running && running.tokens.length > 0) {
    const missing = configured(view).flatMap(({ tokens, line }) =>
      tokens
        .filter((token) => ours.test(token) && !running.tokens.includes(token))
        .map((token) => ({ token, line })),
    );
    if (missing.length > 0)
      return [
        hit('host', [...missing.map(({ line }) => line), running.raw], {
          says: [...new Set(missing.map(({ token }) => token))].join(' '),
        }),
      ];
  }
  const remarks = [
    ...view.said.filter(({ text }) => saidSo(text)).map(({ raw }) => raw),
    ...toldLacking(view),
    ...(running && (saidSo(running.raw) || remarked(running)) ? [running.raw] : []),
  ];
  return remarks.length > 0 ? [hit('host', remarks)] : [];
}

/** Fixes of ours, and fixes taken back, that the running kernel doesn't have yet. */
function waiting(view: View): Hit[] {
  const running = view.args;
  if (!running) return [];
  const open = view
    .factsOf(/\/sriov-workbench\/fixes\//)
    .filter(({ value }) => needsReboot(fromFact(value), running.raw));
  return open.length === 0
    ? []
    : [
        hit('host', [...open.map(({ line }) => line), running.raw], {
          says: [...new Set(open.flatMap(({ value }) => value.split(' ')))].join(' '),
        }),
      ];
}

export const kernelArgs: Family = {
  id: 'kernel-args',
  cause: 'args-not-applied',
  fine: 'The kernel runs with the configured arguments',
  looked: (view) => (view.args && configured(view).length > 0 ? [view.args.raw] : []),
  rules: [
    {
      id: 'kernel-args.reboot-needed',
      cause: 'args-not-applied',
      severity: always('warning'),
      when: waiting,
      title: ({ says }) => `Reboot needed: the boot configuration was changed (${says ?? ''})`,
      explain:
        'A fix changed the kernel arguments for the next boot. Reboot when convenient, and run the checks again.',
      fixes: [fix('command', 'Reboot', { commands: [command`systemctl reboot`], needsReboot: true })],
    },
    {
      id: 'kernel-args.not-applied',
      cause: 'args-not-applied',
      severity: whenPassedOn('error', 'warning'),
      when: (view) => (waiting(view).length > 0 ? [] : notApplied(view)),
      title: ({ says }) =>
        `Configured, but not in the running kernel's command line${says ? `: ${says}` : ''}`,
      explain:
        'Only /proc/cmdline counts. The configuration was not regenerated, the machine was not rebooted since, or it uses a different boot loader than the edited file belongs to.',
      fixes: [
        fix(
          'kernel-args',
          "Regenerate the boot configuration with this host's tool, reboot, and check /proc/cmdline",
          {
            commands: [command`update-grub`],
            risk: 'Hosts that boot with systemd-boot use /etc/kernel/cmdline, not /etc/default/grub.',
          },
        ),
      ],
    },
    {
      id: 'kernel-args.no-extended-config-space',
      cause: 'other',
      severity: always('warning'),
      when: (view) =>
        view.args?.has('pci', 'nommconf') || view.args?.has('pci', 'conf1')
          ? [hit('host', [view.args.token('pci') ?? 'pci=nommconf'])]
          : [],
      title: 'pci=nommconf hides SR-IOV from the kernel',
      explain:
        'The SR-IOV capability is in the extended configuration space, which this argument makes inaccessible: no adapter has sriov_totalvfs.',
      fixes: ({ evidence }, view) => [
        removeArg(
          view,
          view.args?.has('pci', 'conf1') ? 'pci=conf1' : (evidence[0] ?? 'pci=nommconf'),
          'It may have been added to suppress PCIe error messages.',
        ),
      ],
    },
    {
      id: 'kernel-args.amd-iommu-on',
      cause: 'iommu-flag-missing',
      severity: always('info'),
      when: (view) => {
        const lines = view.find(/AMD-Vi: Unknown option/);
        const token = view.args?.has('amd_iommu', 'on') ? 'amd_iommu=on' : undefined;
        return lines.length > 0 || token ? [hit('host', [...lines, ...(token ? [token] : [])])] : [];
      },
      title: 'amd_iommu=on has no effect',
      explain:
        "There is no such value, as the kernel log says; AMD's IOMMU is on by default. It is harmless and can be removed.",
    },
    {
      id: 'kernel-args.passthrough-mode',
      cause: 'iommu-flag-missing',
      severity: whenPassedOn('info'),
      when: (view) =>
        view.args?.has('iommu', 'pt') && iommuState(view).state === 'on' ? [hit('host', ['iommu=pt'])] : [],
      title: "The host's own devices bypass the IOMMU",
      explain:
        'iommu=pt improves performance: devices of the host are not translated, devices bound to vfio are.',
    },
  ],
};
