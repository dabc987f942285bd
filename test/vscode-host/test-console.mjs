import { format } from 'node:util';

/** What the workbench logs at every start. The tests' console comes through the same channel, unmarked. */
const NOISE = new RegExp(
  `^(?:${[
    'Resolv(?:ing|ed) connection token',
    'Creating a socket \\(',
    '\\[reconnection-grace-time\\]',
    'Ignoring fetching additional builtin',
    'Updating additional builtin extensions',
    '\\[Service Worker\\]',
    '\\[AgentHost',
    '\\[AccountPolicyGate\\]',
    'Creation of workbench contribution',
    'Error while fetching the extension under development .* is not a web extension',
  ].join('|')})`,
  's',
);

const SOCKET_CLOSED = /^\[remote-connection\]\[ExtensionHost\].*received socket close event/;

const everything = Boolean(process.env.SRIOV_TEST_HOST_VERBOSE);

/** Prints what the tests print, and not what VS Code says around them. SRIOV_TEST_HOST_VERBOSE=1 prints all. */
export class TestConsole {
  #endMark;
  #testsAreOver = false;

  /** @param {string} endMark the line after which only an extension host being stopped is heard */
  constructor(endMark) {
    this.#endMark = endMark;
  }

  /** @param {string} type @param {unknown[]} args as passed to console.log */
  write = (type, args) => {
    const line = format(...args);
    if (line === this.#endMark || SOCKET_CLOSED.test(line)) this.mute();
    if (!everything && (this.#testsAreOver || NOISE.test(line))) return;
    (type === 'error' || type === 'warn' ? console.error : console.log)(line);
  };

  /** From now on, it is the workbench being closed that talks. */
  mute() {
    this.#testsAreOver = true;
  }
}
