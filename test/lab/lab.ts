import { execa } from 'execa';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HostSnapshot, Attachment } from '../../src/model/snapshot';
import type { PhysicalFunction, VirtualFunction } from '../../src/model/functions';

/** What one `sriov` command answered. */
export interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

let connections: Promise<string> | undefined;

/** `ssh`: the command line here manages the guest over ssh. `local`: it runs inside the guest, on itself. */
export type Transport = 'ssh' | 'local';

/** A running machine of the lab, and the ways into it. */
export class Lab {
  constructor(
    readonly variant: string,
    readonly transport: Transport = 'ssh',
    readonly alias = 'sriov-lab',
  ) {}

  get sshConfig(): string {
    return resolve('lab/.state', this.variant, 'ssh_config');
  }

  /** The same machine, addressed otherwise. */
  by(transport: Transport, alias = this.alias): Lab {
    return new Lab(this.variant, transport, alias);
  }

  /** Runs a shell program in the guest as root; throws when it fails. */
  async sh(program: string): Promise<string> {
    const { stdout } = await execa('ssh', [...(await this.shared()), 'sriov-lab', 'sh', '-s'], {
      input: program,
    });
    return stdout;
  }

  /** Options of an ssh of the tests' own: one connection for all of them, since a login costs the guest half a second. */
  private async shared(): Promise<string[]> {
    connections ??= mkdtemp(join(tmpdir(), 'sriov-lab-'));
    const share = ['ControlMaster=auto', 'ControlPersist=30', `ControlPath=${await connections}/%C`];
    const notice = ['ServerAliveInterval=5', 'ServerAliveCountMax=3'];
    return ['-F', this.sshConfig, ...[...share, ...notice].flatMap((option) => ['-o', option])];
  }

  /** Hides Podman in the guest, or shows it again: half of a look there is its start. For what isn't about it. */
  async podman(there: boolean): Promise<void> {
    const [from, to] = there ? ['.podman', 'podman'] : ['podman', '.podman'];
    await this.sh(`cd /usr/bin; [ ! -e ${from} ] || mv ${from} ${to}`);
  }

  /** Runs `sriov`; never throws. */
  async sriov(args: string[], input?: string): Promise<Answer> {
    const [file, ...argv]: string[] =
      this.transport === 'ssh'
        ? [process.execPath, 'dist/cli.js', '--host', this.alias, '--ssh-config', this.sshConfig, ...args]
        : [
            'ssh',
            ...(await this.shared()),
            this.alias,
            `NODE_COMPILE_CACHE=/tmp/sriov-cache ${['/opt/sriov/node', '/opt/sriov/cli.js', ...args].map(quote).join(' ')}`,
          ];
    const result = await execa(file!, argv, {
      reject: false,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
    });
    return { code: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
  }

  /** Runs `sriov` and throws, with all it said, unless it exits with 0. */
  async ok(...args: string[]): Promise<Answer> {
    const answer = await this.sriov(args);
    if (answer.code !== 0)
      throw new Error(`sriov ${args.join(' ')} exited ${answer.code}:\n${answer.stderr}\n${answer.stdout}`);
    return answer;
  }

  async inventory(): Promise<HostSnapshot> {
    return JSON.parse((await this.ok('inventory', '--json')).stdout) as HostSnapshot;
  }

  /** Makes VFs, each up once: only then does the PF know its MAC (igb shows zeros before). */
  async makeVfs(count: number): Promise<void> {
    await this.ok('set-vfs', 'enp1s0', `${count}`);
    await this.sh(`for i in $(seq 0 ${count - 1}); do ip link set "enp1s0v$i" up; done
      for t in $(seq 50); do ip link show enp1s0 | grep 'vf .*00:00:00:00:00:00' || break; sleep 0.2; done
      for i in $(seq 0 ${count - 1}); do ip link set "enp1s0v$i" down; done`);
  }

  /** How many VFs `enp1s0` has, as the kernel says. */
  async numVfs(): Promise<number> {
    return Number(await this.sh('cat /sys/class/net/enp1s0/device/sriov_numvfs'));
  }

  /** A PF as a look over ssh sees it, whoever changes it: on itself the guest takes twice as long. */
  async pf(name = 'enp1s0'): Promise<PhysicalFunction> {
    const pf = (await this.by('ssh').inventory()).pfs.find((other) => other.name === name);
    if (!pf) throw new Error(`there is no ${name}`);
    return pf;
  }

  async vf(index: number, pf = 'enp1s0'): Promise<VirtualFunction> {
    const found = (await this.pf(pf)).vfs[index];
    if (!found) throw new Error(`there is no VF ${index} of ${pf}`);
    return found;
  }

  async attachment(vf: string): Promise<Attachment | undefined> {
    return (await this.inventory()).attachments.find((attachment) => attachment.vf === vf);
  }

  /** Puts Node and the built command line into the guest, for `local`. */
  async installCli(): Promise<void> {
    // Finds its files from where it lies itself, which is not where a bundle lies.
    const { hostDir, hostPaths } = await import('../vscode-host/location.mjs');
    const files = [hostPaths(hostDir).node, 'dist/cli.js', 'dist/parts'];
    await this.sh('rm -rf /opt/sriov/parts; mkdir -p /opt/sriov; chmod 755 /opt/sriov');
    await execa('scp', ['-F', this.sshConfig, '-q', '-r', ...files, 'sriov-lab:/opt/sriov/']);
  }

  /** VFs gone, PF down, containers running, nothing on record: the machine as it booted. */
  async tidy(): Promise<void> {
    await this.sh(`
      docker start fw router web pod-a pod-b hostnet >/dev/null
      podman start pfw >/dev/null
      for c in fw router web pfw; do
        pid=$(docker inspect -f '{{.State.Pid}}' $c 2>/dev/null || podman inspect -f '{{.State.Pid}}' $c)
        for i in eth1 net1; do nsenter -t "$pid" -n ip link set $i netns 1 2>/dev/null; done
      done
      for p in /sys/bus/pci/devices/*/sriov_numvfs; do [ "$(cat $p)" = 0 ] || echo 0 >$p; done
      ip link set enp1s0 down
      rm -rf /var/lib/sriov-workbench /run/sriov-workbench`);
  }
}

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Everything in a snapshot that a change could change; not when it was taken, nor what the journal could take back. */
export const comparable = ({
  takenAt: _,
  lastChange: __,
  ...rest
}: HostSnapshot): Omit<HostSnapshot, 'takenAt' | 'lastChange'> => rest;

export const readText = (...parts: string[]): Promise<string> => readFile(join(...parts), 'utf8');
