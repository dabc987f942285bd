import type { PrepareRequest } from '../../model/request';
import { parsePages } from '../../model/userspace/hugePages';
import { ownerProblem } from '../../model/userspace/vfio';
import { askableKeys } from '../../model/vfAttributes/table';
import { change } from '../change';
import { askedIn } from '../configure';
import type { Context } from '../context';
import type { ToRequest } from '../requests';
import { changing, type OptionName, type Values } from '../options';
import { UsageError } from '../usage';
import { preparingOptions, runLineOptions } from './options';
import { printRunLine } from './printRunLine';

/** `prepare` changes the host, `run-line` prints. */
export function dpdkCommand(context: Context): Promise<number> {
  const [act, ...vfs] = context.positionals;
  if (act === 'run-line') {
    notTaken(act, context.values, [...changing, ...preparingOptions]);
    return printRunLine({ ...context, positionals: vfs });
  }
  if (act !== 'prepare') throw new UsageError(`"sriov dpdk" takes "prepare" or "run-line", not "${act}".`);
  notTaken(act, context.values, runLineOptions);
  return change({ ...context, positionals: vfs }, prepareRequest);
}

function notTaken(act: string, values: Values, others: readonly OptionName[]): void {
  const stray = others.find((name) => values[name] !== undefined);
  if (stray) throw new UsageError(`"sriov dpdk ${act}" does not take --${stray}.`);
}

const settings = askableKeys.filter((key) => key !== 'driver' && key !== 'mtu');

const prepareRequest: ToRequest = (vfs, values): PrepareRequest & { forceInterface?: string } => {
  const hugePages = values.hugepages === undefined ? undefined : parsePages(values.hugepages);
  const problem =
    typeof hugePages === 'string'
      ? hugePages
      : values.owner === undefined
        ? undefined
        : ownerProblem(values.owner);
  if (problem !== undefined) throw new UsageError(problem);
  return {
    ...{ kind: 'prepare', vfs, owner: values.owner },
    ...askedIn(values, settings),
    hugePages: typeof hugePages === 'string' ? undefined : hugePages,
    ...(values.lasting ? { lasting: true } : {}),
    forceInterface: values['force-interface'],
  };
};
