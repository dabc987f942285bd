import { meantName, type Intent } from '../../model/lasting/kept';
import type { KeepRequest } from '../../model/request';

/** What asks for an attachment that lasted until now, as it was. */
export const keptAgain = ({ vf, container, engine, inside, settings, trigger }: Intent): KeepRequest => ({
  ...{ kind: 'keep', vf, engine, name: inside, via: trigger, able: 'as before', ...settings },
  container: meantName(container),
});
