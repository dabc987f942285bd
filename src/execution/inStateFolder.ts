import { stateFolder } from '../model/stateFolder';
import ownFolder from '../host/ownFolder.sh';

/**
 * How a program begins that works as root on what we keep on the host: `$base` is the folder. If another user could have put
 * something there, the program says so and ends.
 */
export const inStateFolder = `${ownFolder}
base=${stateFolder}
why=$(own_folder "$base") || { printf '@ unsafe\\n| %s\\n@ outcome unsafe\\n' "$why"; exit 3; }`;
