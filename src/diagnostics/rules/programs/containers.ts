import { command } from '../../command';
import { always, fix, hit, type Family, type Hit } from '../../rule';
import type { Errno } from '../../view/errno';
import { errnoIn } from '../../view/errno';
import type { View } from '../../view/view';
import { anySays, inContainer, said } from './says';

const node =
  /\/dev\/(?:vfio\/(?:vfio|\d+|noiommu-\d+|devices\/\w+)|infiniband\/\w+|vhost-(?:net|vdpa-\d+)|uio\d+)\b/;
const gaveUp =
  /cannot attach (?:the )?device|Requested device \S+ cannot be used|No (?:probed )?ethernet devices/i;
/** A virtual machine's own program, which the container rules concern only where it runs in one. */
const hypervisor = /\bqemu\b|libvirt/i;

/**
 * A device node that isn't there or may not be opened. EPERM is the answer of a container's device list, for files answer
 * EACCES; and a node for RDMA is missing only where udev doesn't make it. Otherwise the text must speak of a container.
 */
function nodes(view: View): Hit[] {
  const contained = inContainer(view);
  const inside = (errno: Errno | null, text: string): boolean =>
    errno === 'EPERM' ||
    (errno === 'ENOENT' && text.includes('/dev/infiniband/')) ||
    (contained && (errno === 'ENOENT' || errno === 'EACCES'));
  return view.said
    .filter(
      ({ source, text }) => source !== 'command' && node.test(text) && (contained || !hypervisor.test(text)),
    )
    .flatMap((line) => {
      const errno = errnoIn(line.text);
      if (!inside(errno, line.text) && !(errno === 'ENOENT' && view.find(gaveUp).length > 0)) return [];
      return [
        hit(node.exec(line.text)?.[0], [line], {
          severity: always(inside(errno, line.text) ? 'error' : 'warning'),
        }),
      ];
    });
}

const vfioContainer = /cannot open VFIO container, error (\d+)/i;
/** DPDK tries vfio on every host, and goes on without it where its driver needs none. */
const noVfio = (view: View): Hit[] =>
  view.find(gaveUp).length > 0 && inContainer(view)
    ? view.find(vfioContainer).map((line) => hit('/dev/vfio/vfio', [line]))
    : [];

const verbs =
  /no Verbs device matches PCI device|net_mlx5: probe of PCI device \S+ aborted after encountering an error: (?:No such file|Operation not permitted|Permission denied)|couldn't open .*uverbs\d+|uverbs\d+.*(?:No such file|not permitted|denied)|\bibv_open_device\b.{0,20}\bfail|\b(?:unable to|fail\w* to|cannot|could ?n[o']t) open (?:IB |RDMA |HCA )*device:? '?(?:mlx[45]|bnxt_re|irdma|hfi1|qedr|efa|erdma)_/i;

const fails = /\b(?:rdma|ibv|verbs)\w*\b.*(?:fail|error|ENODEV|No such device)/i;
/**
 * /sys shows the RDMA devices of the host, /dev those of the container. Fewer nodes than devices is how a device plugin hands
 * them out; programs that open every device fail then.
 */
function fewerNodes(view: View): Hit[] {
  const names = (list: RegExp) =>
    said(view).flatMap(({ text }) => (list.test(text) ? text.split(/\s+/) : []));
  const devices = names(/^(?:(?:mlx[45]|bnxt_re|irdma|hfi1|qedr|efa|erdma)_?\d+\s*)+$/);
  const nodes = names(/^(?:(?:rdma_cm|(?:issm|ucm|umad|uverbs)\d+)\s*)+$/).filter((name) =>
    /^uverbs/.test(name),
  );
  const failing = inContainer(view) && nodes.length > 0 ? view.find(fails) : [];
  return nodes.length < devices.length && failing.length > 0
    ? [
        hit('/dev/infiniband', [...devices, ...nodes, ...failing.slice(0, 1)], {
          severity: always('warning'),
        }),
      ]
    : [];
}

const readOnly = (view: View): Hit[] =>
  view.failures
    .filter(({ errno, text }) => errno === 'EROFS' && /\/sys\/|sysctl|\/proc\/sys/.test(text))
    .map((f) => hit(f.iface ?? f.pci, f.evidence));

/** libvirt raises the limit of its child. On a host it may, as root or within the limits of a session. */
const limitRefused = anySays(
  /cannot limit locked memory/i,
  /\b(?:prlimit|setrlimit)\w*\(?.{0,60}MEMLOCK.{0,80}(?:not permitted|EPERM)/i,
);
const ofSession = /qemu:\/\/\/session|\buser session\b|limits\.conf|\brootless libvirt\b/i;
const cannotPin = anySays(
  /RLIMIT_MEMLOCK\b.*exceeded/,
  /cannot set up DMA remapping, error 12\b/i,
  /VFIO_\w*MAP_DMA.*(?:Cannot allocate memory|-12\b|error 12\b)/,
  /vfio_\w*dma_map\(.*= -12\b/,
);
const cannotRegister = anySays(
  /\b(?:ibv_\w+|(?:create|register|allocate|reg) (?:CQ|MR|QP|PD)s?)\b.*Cannot allocate memory/i,
);
/** A service has a limit as a container has; a user's session has that of its login. */
const memlock = (view: View): Hit[] => {
  const contained = inContainer(view);
  const pinned = contained || view.find(ofSession).length === 0 ? cannotPin(view) : [];
  return [
    ...(contained
      ? [...pinned, ...cannotRegister(view)]
      : pinned.map((one) => ({ ...one, severity: always('warning') }))),
    ...(view.find(ofSession).length > 0 ? [] : limitRefused(view)),
  ];
};

export const containers: Family = {
  id: 'container.devices',
  cause: 'container-lacks-device',
  fine: 'The container has the devices it uses',
  looked: () => [],
  rules: [
    {
      id: 'container.no-device',
      cause: 'container-lacks-device',
      severity: always('error'),
      when: (view) => [
        ...anySays(
          /error gathering device information while adding (?:custom )?device "?(?<about>\/dev\/(?:vfio|infiniband|vhost|uio|net)[\w/-]*)/i,
        )(view),
        ...nodes(view),
        ...noVfio(view),
        ...fewerNodes(view),
        ...(inContainer(view) ? anySays(verbs)(view) : []),
      ],
      title: ({ subject }) =>
        `The program has no access to ${subject.startsWith('/') ? subject : 'its device node'}`,
      explain:
        'A container sees only the device nodes it was given. For vfio these are /dev/vfio/vfio and the one of the IOMMU group, which exists once the function is bound to vfio-pci; for RDMA and the mlx5 driver of DPDK it is /dev/infiniband/uverbsN.',
      fixes: [
        fix(
          'command',
          'Check that the node exists on the host, and pass it to the container (--device, or the resource of a device plugin)',
          {
            commands: [command`ls -l /dev/vfio /dev/infiniband`],
          },
        ),
      ],
    },
    {
      id: 'container.read-only',
      cause: 'container-lacks-device',
      severity: always('error'),
      when: readOnly,
      title: '/sys is read-only here',
      explain:
        'Containers see /sys read-only unless they are privileged: VFs are created and bound on the host.',
      fixes: [
        fix('command', 'Do it on the host, or run the container with --privileged', {
          risk: 'A privileged container can do anything to the host.',
        }),
      ],
    },
    {
      id: 'container.memlock',
      cause: 'container-lacks-device',
      severity: always('error'),
      when: memlock,
      title: 'The program may not lock enough memory for DMA',
      explain:
        'vfio pins all memory that the device can access; the limit on locked memory (RLIMIT_MEMLOCK) of the container or the service is too low.',
      fixes: [
        fix(
          'command',
          'Raise the limit: --ulimit memlock=-1 or the capability IPC_LOCK for a container, LimitMEMLOCK=infinity for a service',
          { commands: [command`grep -i "locked memory" /proc/self/limits`] },
        ),
      ],
    },
    {
      id: 'container.no-vf',
      cause: 'container-lacks-device',
      severity: always('warning'),
      when: anySays(/VF pci addr is required/),
      title: 'The pod was given no VF',
      explain:
        'The CNI plugin was called without a device: the pod requests no resource of the device plugin, or the network names another resource than the pod requests.',
      fixes: [
        fix(
          'command',
          'Request the resource in the pod, the same one that the network names as its resourceName',
          {
            commands: [command`kubectl get network-attachment-definitions -A -o yaml | grep resourceName`],
          },
        ),
      ],
    },
    {
      id: 'container.no-verbs',
      cause: 'vf-driver-missing',
      severity: always('warning'),
      when: (view) => (inContainer(view) ? [] : anySays(/no Verbs device matches PCI device/i)(view)),
      title: 'The function has no RDMA device, which its DPDK driver needs',
      explain:
        'The mlx5 driver of DPDK works through the kernel: the function stays bound to mlx5_core, with mlx5_ib and ib_uverbs loaded. In a container, /dev/infiniband must be passed in.',
      fixes: [
        fix('driver', 'Load the modules', {
          commands: [command`modprobe -a mlx5_ib ib_uverbs`, command`rdma link`],
        }),
      ],
      yieldsTo: ['container-lacks-device'],
    },
  ],
};
