import { clients, engines } from '../model/engines';
import { quote, quoteAll } from '../model/quote';

/** What namespaces.sh has to know about each engine, as shell functions: from the table of engines. */
export const engineShell = `# is_engines_parent ENGINE NAME: that is what the process is called whose child a container's first process is.
is_engines_parent() {
	case "$1 $2" in
	${engines.map(({ name, parent }) => quote(`${name} ${parent}`)).join(' | ')}) ;;
	*) return 1 ;;
	esac
}

# engine_pid ENGINE CONTAINER: the first process of a container, as the engine's command has it; nothing where there is none to ask.
engine_pid() {
	case $1 in
${clients.map(({ name, client }) => `\t${name}) ${quoteAll([name, ...client.pid])} "$2" ;;`).join('\n')}
	esac
}
`;
