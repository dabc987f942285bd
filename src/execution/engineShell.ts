import { clients, engines } from '../model/engines';
import { quote, quoteAll } from '../model/quote';

/** What namespaces.sh has to know of each engine, as functions of the shell: from the table of engines. */
export const engineShell = `# engine_parent ENGINE: the name of the process whose child a container's first process is.
engine_parent() {
	case $1 in
${engines.map(({ name, parent }) => `\t${name}) echo ${quote(parent)} ;;`).join('\n')}
	esac
}

# engine_pid ENGINE CONTAINER: the first process of a container, as the engine's command has it; nothing where there is none to ask.
engine_pid() {
	case $1 in
${clients.map(({ name, client }) => `\t${name}) ${quoteAll([name, ...client.pid])} "$2" ;;`).join('\n')}
	esac
}
`;
