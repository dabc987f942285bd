import { stateFolder } from '../model/stateFolder';
import ownFolder from '../host/ownFolder.sh';

/**
 * The start of a program that works as root in our folder on the host, `$base`. If another user could have put
 * something there, the program says so and ends.
 */
export const inStateFolder = `${ownFolder}
base=${stateFolder}
is_own "$base" || why=$(own_folder "$base") || { printf '@ unsafe\\n| %s\\n@ outcome unsafe\\n' "$why"; exit 3; }`;
