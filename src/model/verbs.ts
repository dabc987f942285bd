/**
 * Every verb that a command of a plan may begin with, declared once: what it takes, where it works, and what undoes it.
 * The functions are in src/execution/program/*.sh, whose comments say what they do; a test holds the two together.
 */

/**
 * `host`: the host itself. `inside`: the network namespace of the container; once that has ended, nothing is left to undo there.
 * `device`: wherever the network device of the function is, on the host or inside.
 */
type Place = 'host' | 'inside' | 'device';

interface VerbDeclaration {
  takes: string;
  place: Place;
  /** Verbs that undo it, and that it undoes; absent where it changes nothing. */
  undo?: readonly string[];
}

const host = (takes: string, ...undo: string[]): VerbDeclaration => ({ takes, place: 'host', undo });
const inside = (takes: string, ...undo: string[]): VerbDeclaration => ({ takes, place: 'inside', undo });
const device = (takes: string, ...undo: string[]): VerbDeclaration => ({ takes, place: 'device', undo });
const check = (takes: string, place: Place = 'host'): VerbDeclaration => ({ takes, place });

/** Functions of the executor. */
export const verbs = {
  absent_inside: check('NAME', 'inside'),
  is_named: check('PCI NAME…'),
  bring_home: device('PCI NAME', 'take_inside', 'ip'),
  take_inside: inside('PCI NAME', 'bring_home'),
  rename_here: host('PCI NAME', 'rename_here'),
  off_host: check('PCI'),
  add_altname: host('NAME ALTNAME', 'ip'),
  set_conf: inside('NAME VALUE KEY…', 'set_conf'),
  save_record: host('PCI JSON', 'drop_record', 'save_record'),
  drop_record: host('PCI', 'save_record'),
  vf_count_is: check('PCI COUNT'),
  vfs_on_host: check('PCI'),
  set_vf_count: host('PCI COUNT', 'set_vf_count', 'recreate_vfs'),
  await_netdevs: host('PCI COUNT', 'true'),
  recreate_vfs: host('PCI PF COUNT [VF]…', 'set_vf_count'),
  note_vfs: host('PCI COUNT KEY', 'true'),
  note_device: host('PCI KEY', 'true'),

  set_vf: host('PF INDEX WHAT PATTERN OPTION…', 'set_vf'),
  enforce_mac: device('PF INDEX PCI MAC', 'enforce_mac', 'free_mac'),
  free_mac: device('PF INDEX PCI OWN SHOWN', 'enforce_mac', 'free_mac'),
  vfio_idle: check('PCI'),
  has_driver: check('PCI DRIVER'),
  bind_driver: host('PCI DRIVER [NAME MAC MTU]', 'bind_driver'),
  set_autoprobe: host('PCI 0|1', 'set_autoprobe'),

  join_master: host('NAME MASTER', 'ip'),
  huge_pages_are: check('NODE KB COUNT'),
  raise_huge_pages: host('NODE KB COUNT', 'lower_huge_pages', 'true'),
  lower_huge_pages: host('NODE KB COUNT', 'raise_huge_pages'),
  group_is: check('PCI MEMBER=DRIVER…'),
  knows_owner: check('OWNER'),
  own_group: host('PCI OWNER MODE', 'own_group'),

  put_host_route: host('DEVICE FAMILY ARG…', 'drop_host_route'),
  drop_host_route: host('DEVICE FAMILY ARG…', 'put_host_route'),

  start_dhcp: inside('KEY NAME PATH INODE CLIENT…', 'stop_dhcp'),
  stop_dhcp: device('KEY NAME CLIENT…', 'start_dhcp', 'true'),

  replace_file: host('PATH TEXT [ARGV…]', 'replace_file', 'remove_file'),
  remove_file: host('PATH [ARGV…]', 'replace_file'),
  file_says: check('PATH TEXT'),
  file_is_absent: check('PATH'),
  keep_fix: host('FINDING JSON [PATH…]', 'take_fix_back'),
  take_fix_back: host('FINDING JSON', 'keep_fix'),
  note_fix: host('FINDING JSON', 'note_fix'),
  make_grub_configurations: host('TOOL PATH…', 'true'),
  reinstall_kernels: host('', 'true'),
  change_by_kernelstub: host("'ADD…' 'REMOVE…'", 'change_by_kernelstub'),
  boot_configuration_has: host("'ADD…' 'REMOVE…' PATTERN…", 'true'),
  load_module: host('NAME', 'unload_module'),

  has_systemd: check(''),
  make_home: host('', 'leave_home'),
  leave_home: host('', 'make_home'),
  install_device: host('ID', 'remove_device'),
  remove_device: host('ID', 'install_device'),
  start_watcher: host('ENGINE', 'stop_watcher'),
  stop_watcher: host('ENGINE', 'start_watcher'),
  install_kept: host('ID JSON', 'remove_kept'),
  remove_kept: host('ID', 'restore_kept'),
  restore_kept: host('ID', 'remove_kept'),
  install_link: host('ID PCI NAME', 'remove_link'),
  remove_link: host('ID', 'install_link'),
  run_kept: host('ID', 'end_kept'),
  end_kept: host('ID', 'run_kept'),
  unload_module: host('NAME', 'load_module'),

  install_made: host('ID JSON', 'restore_made'),
  remove_made: host('ID', 'restore_made'),
  restore_made: host('ID', 'install_made', 'remove_made'),
  enable_made: host('ID', 'disable_made', 'true'),
  disable_made: host('ID', 'enable_made', 'true'),
} satisfies Record<string, VerbDeclaration>;

/** Functions that run the rest of their arguments: a command in itself. `as wrapped` works where that one does. */
export const wrappers = {
  in_ns: { takes: 'ARGV…', place: 'inside' },
  unless_gone: { takes: 'NAME ARGV…', place: 'inside' },
  unless_inside: { takes: 'NAME ARGV…', place: 'inside' },
  while_there: { takes: 'PCI ARGV…', place: 'as wrapped' },
  this_boot: { takes: 'ARGV…', place: 'as wrapped' },
  or_say: { takes: 'TEXT ARGV…', place: 'as wrapped' },
  at_source: { takes: 'ARGV…', place: 'as wrapped' },
} satisfies Record<string, { takes: string; place: Place | 'as wrapped' }>;

/** Programs of the host. `ip` is the only one that runs inside, too. */
export const programs = {
  ip: ['ip', 'bring_home', 'add_altname', 'join_master'],
  true: [],
  'update-grub': ['true'],
  'update-extlinux': ['true'],
  'u-boot-update': ['true'],
  'proxmox-boot-tool': ['true'],
  sdbootutil: ['true'],
  nmcli: ['true'],
  grubby: ['grubby'],
  'rpm-ostree': ['rpm-ostree'],
} satisfies Record<string, readonly string[]>;

/** What the programs of tests have beside these is added there. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface VerbsOfTests {}

export type Verb = keyof typeof verbs | keyof typeof wrappers | keyof typeof programs | keyof VerbsOfTests;

/** The words of one command. */
export type Argv = [Verb, ...string[]];

/** A command without what is wrapped around it. */
export interface Unwrapped {
  verb: Verb;
  args: string[];
  place: Place;
  /** In the namespace that a VF is moved from. */
  atSource: boolean;
}

export function unwrap([verb, ...args]: Argv): Unwrapped {
  if (!isWrapper(verb)) return { verb, args, place: placeOf(verb, args), atSource: false };
  const { takes, place } = wrappers[verb];
  const inner = unwrap(args.slice(takes.split(' ').length - 1) as Argv);
  return {
    ...inner,
    place: place === 'as wrapped' ? inner.place : place,
    atSource: inner.atSource || verb === 'at_source',
  };
}

/** The same command in the namespace that a VF is moved from, as far as it has to do with one. */
export function atSource(argv: Argv): Argv {
  const { place, atSource: already } = unwrap(argv);
  return place === 'host' || already ? argv : ['at_source', ...argv];
}

/** A program that is handed the namespace (file descriptor 7) works with it. */
const placeOf = (verb: Verb, args: string[]): Place =>
  isFunction(verb) ? verbs[verb].place : args.includes('/proc/self/fd/7') ? 'inside' : 'host';

const isWrapper = (text: string): text is keyof typeof wrappers => Object.hasOwn(wrappers, text);
const isFunction = (text: string): text is keyof typeof verbs => Object.hasOwn(verbs, text);

/** Whether words that were read from somewhere are a command that we know. */
export function isArgv(words: readonly unknown[]): words is Argv {
  const [word = '', ...rest] = words;
  if (!words.every((one) => typeof one === 'string')) return false;
  const name = word as string;
  if (isWrapper(name)) return isArgv(rest.slice(wrappers[name].takes.split(' ').length - 1));
  return isFunction(name) || Object.hasOwn(programs, name);
}
