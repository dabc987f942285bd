export { copyEnterCommand, copyInspectCommand } from './copyLines';
export { ping } from './ping';
export { openShell, openTerminal } from './terminals';
