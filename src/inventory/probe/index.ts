import lasting from './lasting.sh';
import namespaces from './namespaces.sh';
import main from './probe.sh';
import records from './records.sh';
import userspace from './userspace.sh';

/** The program that looks, but for what it looks at: `__LOOK__`. After ownFolder.sh. */
export const probe = [namespaces, records, lasting, userspace, main].join('\n');
