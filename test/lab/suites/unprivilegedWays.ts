/** What is at `$folder`, where earlier versions had their locks; `$lock` is the file of a VF. */
export const inPlaceOfLocks = [
  { name: 'with a link to a file', prepare: 'mkdir $folder; ln -s /root/victims/file $lock' },
  {
    name: 'with a link to a file that is not there yet',
    prepare: 'mkdir $folder; ln -s /etc/cron.d/new $lock',
  },
  { name: 'with a FIFO, which nobody reads', prepare: 'mkdir $folder; mkfifo $lock' },
  { name: 'with a folder where the file should be', prepare: 'mkdir -p $lock' },
  {
    name: 'and holds the lock',
    prepare:
      'mkdir $folder; setsid flock $lock sleep 60 </dev/null >/dev/null 2>&1 & while flock -n $lock true; do sleep 0.1; done',
  },
  { name: 'as a link to a folder of root’s', prepare: 'ln -s /etc $folder' },
  { name: 'as a file', prepare: 'echo >$folder' },
  { name: 'as a FIFO', prepare: 'mkfifo $folder' },
  {
    name: 'as a socket',
    prepare: `perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])) or die' $folder`,
  },
  { name: 'for everybody to write to', prepare: 'mkdir -m 777 $folder; ln -s /root/victims/file $lock' },
] as const;

/** Folders of root's that an administrator gave away, and what is put there. */
export const misplaced = [
  {
    path: '/var/lib/sriov-workbench',
    prepare: `mkdir -p changes/planted attachments finished fixes/planted
      printf '#!/bin/sh\\ntouch /root/pwned\\n' >changes/planted/plan.sh
      echo '{"title":"Planted"}' >changes/planted/meta.json
      echo started >changes/planted/progress; touch -d yesterday changes/planted
      ln -s /etc/shadow attachments/$vf.json; mkfifo attachments/0000:01:10.2.json fixes/planted/fix.json
      ln -s /root/victims/file journal.jsonl; ln -s /etc/shadow finished/planted.json`,
    problem: /^.*\/var\/lib\/sriov-workbench is writable by other users/,
  },
  { path: '/run/sriov-workbench', prepare: 'ln -s /root/victims/file $vf.lock', problem: undefined },
];

/** A process by its name and arguments, and what it starts. `WEB` is the id of a container of root's, `SHORT` the beginning of it. */
export interface Called {
  called: string;
  args: string;
  name?: string;
  child: string;
  /** What the child is called in the end; by default `sleep` or `su`. */
  becomes?: string;
  /** Of its program: without the right to read it, its files in /proc are root's. */
  mode?: string;
}

const own = 'unshare -Urn sleep 300';
const id = (letter: string) => letter.repeat(64);

/** Rootless containers, as it seems. The first three are what they say: a name of root's doesn't make them that. */
export const processes: { name: string; listed: boolean; prepared: Called }[] = [
  {
    name: 'by the name and id of root’s',
    listed: true,
    prepared: { called: 'conmon', args: '-c WEB -n web', name: 'web', child: own },
  },
  {
    name: 'by a name that is the other’s short id',
    listed: true,
    prepared: { called: 'conmon', args: `-c ${id('b')} -n SHORT`, name: 'SHORT', child: own },
  },
  {
    name: 'with endless arguments',
    listed: true,
    prepared: { called: 'conmon', args: `-c ${id('c')} -n long $(seq 20000)`, name: 'long', child: own },
  },
  {
    name: 'in the host’s network',
    listed: false,
    prepared: { called: 'conmon', args: `-c ${id('d')} -n here`, name: 'here', child: 'sleep 300' },
  },
  {
    name: 'of a program that runs as root',
    listed: false,
    prepared: {
      called: 'conmon',
      args: `-c ${id('f')} -n root`,
      name: 'root',
      child: 'su root -c true <>fifo4',
    },
  },
  {
    name: 'in a network of its own already',
    listed: false,
    prepared: {
      ...{ called: 'other', args: '', name: 'nested', becomes: 'conmon' },
      child: `sh -c 'echo "unshare -Urn sleep 300 & wait" >nest; exec unshare -Urn ./conmon nest -c ${id('a')} -n nested'`,
    },
  },
];

/** Who has the number of a process and of a namespace that a plan is about; `accepted`: whose they are. */
export const inNamespaces: {
  name: string;
  prepared: Called;
  user?: string;
  cgroup?: boolean;
  path?: string;
  accepted?: boolean;
}[] = [
  { name: 'in a cgroup of its name', cgroup: true, prepared: { called: 'other', args: '', child: own } },
  { name: 'below a conmon with its id', prepared: { called: 'conmon', args: '-c WEB', child: own } },
  {
    name: 'below a shim with its id',
    prepared: { called: 'containerd-shim-runc-v2', args: '-namespace moby -id WEB', child: own },
  },
  {
    name: 'below a shim that cannot be looked at',
    prepared: {
      called: 'containerd-shim-runc-v2',
      args: '-namespace moby -id WEB',
      ...{ child: own, mode: '111' },
    },
  },
  {
    name: 'below a conmon, of another user',
    user: 'nfv',
    prepared: { called: 'conmon', args: '-c WEB', child: own },
  },
  {
    name: 'below a conmon, in the host’s network',
    user: 'plain',
    prepared: { called: 'conmon', args: '-c WEB', child: 'sleep 300' },
  },
  {
    name: 'below a conmon, and is that user',
    user: 'plain',
    accepted: true,
    prepared: { called: 'conmon', args: '-c WEB', child: own },
  },
  {
    name: 'with a FIFO where its namespace was open',
    path: 'fd/9',
    prepared: { called: 'other', args: '', child: `sh -c 'exec 8<>fifo0 9<fifo0 8>&- sleep 300'` },
  },
];
