import { broughtAlong } from './broughtAlong';
import { busNumbers } from './busNumbers';
import { capability, otherFunctions } from './capability';
import { driverBugs } from './driverBugs';
import { engine } from './engine';
import { firmware } from './firmware';
import { firmwareTables } from './firmwareTables';
import { guest } from './guest';
import { hostManagers } from './hostManagers';
import { interruptRemapping } from './interruptRemapping';
import { iommu } from './iommu';
import { isolation } from './isolation';
import { kernelArgs } from './kernelArgs';
import { language } from './language';
import { link } from './link';
import { namespaces } from './namespaces';
import { numa } from './numa';
import { numvfs } from './numvfs';
import { pfDriver } from './pfDriver';
import { pfState } from './pfState';
import { privileges } from './privileges';
import { resources } from './resources';
import { conflicts } from './programs/conflicts';
import { containers } from './programs/containers';
import { hugepages } from './programs/hugepages';
import { identity } from './programs/identity';
import { names } from './programs/names';
import { users } from './programs/users';
import type { Family } from '../rule';
import { software } from './software';
import { switchdev } from './switchdev';
import { userspace } from './programs/userspace';
import { vfDriver } from './vfDriver';
import { vfRuntime } from './vfRuntime';

/** Everything that is checked, in the order of a report: adapter, VFs, host, passthrough. */
export const families: readonly Family[] = [
  ...[capability, otherFunctions, pfDriver, pfState, resources, busNumbers, firmware, numvfs],
  ...[switchdev, link, numa],
  ...[vfDriver, vfRuntime, broughtAlong, namespaces, hostManagers, driverBugs],
  ...[engine, privileges, software, kernelArgs, guest],
  ...[iommu, interruptRemapping, isolation, firmwareTables, userspace],
  ...[users, names, hugepages, containers, identity, conflicts],
  language,
];
