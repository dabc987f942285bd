import { l10n } from 'vscode';
import { deviceFile, linkFile, watcherUnit } from '../../model/lasting/kept';
import { bootUnit } from '../../model/lasting/made';
import { quoteAll } from '../../model/quote';
import type { Plan, Step } from '../../model/plan';
import { stateFolder } from '../../model/stateFolder';
import { unwrap, type Argv, type verbs } from '../../model/verbs';

/** What a step does, as a person would type it; or in words, where that would be many commands. */
export type Shown = { command: string } | { words: string };

export const applyText = (plan: Plan, step: Step): Shown[] => shown(plan, step, step.apply);
export const undoText = (plan: Plan, step: Step): Shown[] =>
  step.undo === 'none' ? [{ words: l10n.t('can’t be undone') }] : shown(plan, step, step.undo);

function shown({ from, namespace: one, spaces }: Plan, { space }: Step, argv: Argv): Shown[] {
  const { verb, args, atSource } = unwrap(argv);
  const namespace = (atSource ? from : space === undefined ? one : spaces?.[space])?.path ?? '';
  if (isOurs(verb)) return ours[verb](args, namespace);
  const words = [verb, ...args].map((word) => (word === '/proc/self/fd/7' ? namespace : word));
  if (verb === 'true') return [{ words: l10n.t('nothing') }];
  return [isInside(argv) ? inside(namespace, ...words) : command(...words)];
}

/** Whether the words are run in a namespace, rather than handed one. */
const isInside = (argv: Argv): boolean => argv.some((word) => word === 'in_ns' || word === 'unless_gone');

const command = (...words: string[]): Shown => ({ command: quoteAll(words) });
const inside = (namespace: string, ...words: string[]): Shown =>
  command('nsenter', `--net=${namespace}`, ...words);
const words = (text: string): Shown[] => [{ words: text }];
const writing = (value: string, file: string): Shown => ({
  command: `${quoteAll(['echo', value])} > ${quoteAll([file])}`,
});
const ofDevice = (pci: string, file: string): string => `/sys/bus/pci/devices/${pci}/${file}`;
const record = (key: string): string => `${stateFolder}/attachments/${key}.json`;
const keptHome = '/etc/sriov-workbench';
const keptFile = (id: string, kind: 'json' | 'sh'): string => `${keptHome}/attachments.d/${id}.${kind}`;
const madeFile = (id: string, kind: 'json' | 'sh'): string => `${keptHome}/adapters.d/${id}.${kind}`;
const hugePagesFile = (node: string, kb: string): string => {
  const folder = node === '-' ? '/sys/kernel/mm' : `/sys/devices/system/node/node${node}`;
  return `${folder}/hugepages/hugepages-${kb}kB/nr_hugepages`;
};
const tail = (argv: string[]): Shown[] => (argv.length > 0 ? [command(...argv)] : []);

type Ours = keyof typeof verbs;
const isOurs = (verb: string): verb is Ours => Object.hasOwn(ours, verb);

/** What the host's program has a name of its own for. */
const ours: Record<Ours, (args: string[], namespace: string) => Shown[]> = {
  absent_inside: ([name = '']) => words(l10n.t('check that the container has no interface {0}', name)),
  is_named: ([pci = '', ...names]) =>
    words(l10n.t('check that {0} is {1} on the host', pci, names.join(' / '))),
  off_host: ([pci = '']) => words(l10n.t('check that {0} has no interface on the host', pci)),
  vf_count_is: ([pci = '', count = '']) => words(l10n.t('check that {0} has {1} VFs', pci, count)),
  vfs_on_host: ([pci = '']) => words(l10n.t('check that all VFs of {0} are on the host', pci)),
  vfio_idle: ([pci = '']) => words(l10n.t('check that nothing has {0} open', pci)),
  has_driver: ([pci = '', driver = '']) => words(l10n.t('check that {0} has the driver {1}', pci, driver)),
  file_says: ([path = '']) => words(l10n.t('check that {0} is as it was', path)),
  file_is_absent: ([path = '']) => words(l10n.t('check that there is no {0}', path)),
  boot_configuration_has: () => words(l10n.t('check that the boot configuration has the arguments')),

  bring_home: ([pci = '', name = '']) =>
    words(l10n.t('move the interface of {0} back to the host as {1}', pci, name)),
  take_inside: ([pci = '', name = '']) =>
    words(l10n.t('move the interface of {0} into the container as {1}', pci, name)),
  rename_here: ([pci = '', name = '']) => words(l10n.t('rename the interface of {0} to {1}', pci, name)),
  add_altname: ([name = '', other = '']) => [
    command('ip', 'link', 'property', 'add', 'dev', name, 'altname', other),
  ],
  set_conf: ([name = '', value = '', ...keys], namespace) => [
    inside(namespace, 'sysctl', '-w', ...keys.map((key) => `net/${confOf(key, name)}=${value}`)),
  ],
  save_record: ([key = '']) => words(l10n.t('write {0}', record(key))),
  drop_record: ([key = '']) => [command('rm', record(key))],

  set_vf_count: ([pci = '', count = '']) => [writing(count, ofDevice(pci, 'sriov_numvfs'))],
  await_netdevs: ([pci = '', count = '']) =>
    words(l10n.t('wait for the interfaces of the {1} VFs of {0}', pci, count)),
  recreate_vfs: ([pci = '', , count = '']) => [
    writing(count, ofDevice(pci, 'sriov_numvfs')),
    ...words(l10n.t('give each VF its previous MAC, settings, name and addresses')),
  ],

  note_vfs: ([pci = '']) => words(l10n.t('look what the new VFs of {0} are called', pci)),
  note_device: ([pci = '']) => words(l10n.t('look what the interface of {0} is called', pci)),

  set_vf: ([pf = '', index = '', , , ...options]) => [
    command('ip', 'link', 'set', 'dev', pf, 'vf', index, ...options),
  ],
  enforce_mac: ([pf = '', index = '', , mac = '']) => [
    command('ip', 'link', 'set', 'dev', pf, 'vf', index, 'mac', mac),
  ],
  free_mac: ([pf = '', index = '']) => [
    command('ip', 'link', 'set', 'dev', pf, 'vf', index, 'mac', '00:00:00:00:00:00'),
  ],
  bind_driver: ([pci = '', driver = '']) => [
    writing(pci, ofDevice(pci, 'driver/unbind')),
    ...(driver === 'none'
      ? []
      : [writing(driver, ofDevice(pci, 'driver_override')), writing(pci, '/sys/bus/pci/drivers_probe')]),
  ],
  huge_pages_are: ([node = '', kb = '', count = '']) =>
    words(l10n.t('check that {0} says {1}', hugePagesFile(node, kb), count)),
  raise_huge_pages: ([node = '', kb = '', count = '']) => [writing(count, hugePagesFile(node, kb))],
  lower_huge_pages: ([node = '', kb = '', count = '']) => [writing(count, hugePagesFile(node, kb))],
  group_is: ([pci = '']) => words(l10n.t('check who shares the IOMMU group of {0}', pci)),
  knows_owner: ([owner = '']) => words(l10n.t('check that there is {0}', owner)),
  own_group: ([pci = '', owner = '', mode = '']) =>
    words(l10n.t('give the VFIO group of {0} to {1}, with the mode {2}', pci, owner, mode)),
  set_autoprobe: ([pci = '', on = '']) => [writing(on, ofDevice(pci, 'sriov_drivers_autoprobe'))],

  join_master: ([name = '', master = '']) => [command('ip', 'link', 'set', 'dev', name, 'master', master)],
  put_host_route: ([, family = '', ...route]) => [command('ip', family, 'route', 'add', ...route)],
  drop_host_route: ([, family = '', ...route]) => [command('ip', family, 'route', 'del', ...route)],

  start_dhcp: ([, name = '']) => words(l10n.t('get an address for {0} by DHCP, and renew it', name)),
  stop_dhcp: ([, name = '']) => words(l10n.t('release the address of {0} to the DHCP server', name)),

  replace_file: ([path = '', , ...then]) => [...words(l10n.t('write {0}', path)), ...tail(then)],
  remove_file: ([path = '', ...then]) => [command('rm', path), ...tail(then)],
  keep_fix: ([finding = '']) =>
    words(l10n.t('copy the files that change to {0}', `${stateFolder}/fixes/${finding}`)),
  take_fix_back: ([finding = '']) =>
    words(l10n.t('write in {0} that it was undone', `${stateFolder}/fixes/${finding}`)),
  note_fix: ([finding = '']) => words(l10n.t('write {0}', `${stateFolder}/fixes/${finding}/fix.json`)),
  make_grub_configurations: ([tool = '', ...paths]) => paths.map((path) => command(tool, '-o', path)),
  reinstall_kernels: () => words(l10n.t('rewrite the boot entry of each kernel with kernel-install')),
  change_by_kernelstub: ([add = '', remove = '']) => [
    ...(remove === '' ? [] : [command('kernelstub', '-d', remove)]),
    ...(add === '' ? [] : [command('kernelstub', '-a', add)]),
  ],
  load_module: ([name = '']) => [command('modprobe', name)],
  unload_module: ([name = '']) => [command('modprobe', '-r', name)],

  has_systemd: () => words(l10n.t('check that systemd runs the host')),
  start_watcher: ([engine = '']) => words(l10n.t('install and start {0}', watcherUnit(engine))),
  stop_watcher: ([engine = '']) =>
    words(l10n.t('remove {0}, unless something still needs it', watcherUnit(engine))),
  make_home: () => [command('mkdir', '-p', `${keptHome}/attachments.d`)],
  leave_home: () => words(l10n.t('remove {0}, unless something still needs it', keptHome)),
  install_device: ([id = '']) => words(l10n.t('write {0}', deviceFile(id))),
  remove_device: ([id = '']) => [command('rm', deviceFile(id))],
  install_kept: ([id = '']) => words(l10n.t('write {0} and the program beside it', keptFile(id, 'json'))),
  remove_kept: ([id = '']) => [command('rm', keptFile(id, 'json'), keptFile(id, 'sh'))],
  restore_kept: ([id = '']) => words(l10n.t('write {0} and the program beside it', keptFile(id, 'json'))),
  install_link: ([id = '']) => words(l10n.t('write {0}', linkFile(id))),
  remove_link: ([id = '']) => [command('rm', linkFile(id))],
  run_kept: ([id = '']) => [command('sh', keptFile(id, 'sh'), 'attach')],
  end_kept: ([id = '']) => [command('sh', keptFile(id, 'sh'), 'close')],
  install_made: ([id = '']) => words(l10n.t('write {0} and the program beside it', madeFile(id, 'json'))),
  remove_made: ([id = '']) => [command('rm', madeFile(id, 'json'), madeFile(id, 'sh'))],
  restore_made: ([id = '']) => words(l10n.t('put {0} back as it was', madeFile(id, 'json'))),
  enable_made: ([id = '']) => [command('systemctl', 'enable', bootUnit(id))],
  disable_made: ([id = '']) => [command('systemctl', 'disable', '--now', bootUnit(id))],
};

/** `ipv4/conf/eth1/arp_notify`, from `ipv4/arp_notify`. */
function confOf(key: string, name: string): string {
  const [family = '', ...rest] = key.split('/');
  return [family, 'conf', name, ...rest].join('/');
}
