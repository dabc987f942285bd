import * as v from 'valibot';
import { isArgv, type Argv } from '../model/verbs';

/** A command in a file of the host: only what the executor knows is ever run. */
export const argv = v.custom<Argv>((words) => Array.isArray(words) && isArgv(words));
