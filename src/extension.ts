import { hostname } from 'node:os';
import {
  env,
  ExtensionKind,
  UIKind,
  Uri,
  version,
  window,
  workspace,
  commands,
  type ExtensionContext,
} from 'vscode';
import { withAdvice } from './control/withAdvice';
import { createHostControl } from './control/createHostControl';
import { inTheWorkbench } from './ui/changes/adviceText';
import { localHost } from './host/local';
import { logged } from './host/logged';
import { ownAddresses } from './host/ownAddresses';
import { sshHost } from './host/ssh';
import { userName } from './host/userName';
import { defaultConfigFile, sshConfigHosts } from './host/sshConfigHosts';
import { offerRecovery } from './ui/changes/offerRecovery';
import { KeptAnswers } from './ui/changes/startingPoints/lastAnswers';
import type { AskPerson } from './model/question';
import { askPersonBy } from './ui/access/askPerson';
import { Remembering } from './ui/access/remembering';
import { registerTools } from './ui/agents/register';
import { Arrangements } from './ui/arranging/arrangements';
import { dropRows } from './ui/commands/late';
import { registerCommands } from './ui/commands/register';
import { Counters } from './ui/counters/counters';
import { contextKeys } from './ui/contextKeys';
import { withPlainText } from './ui/dialogs/plainText';
import { vscodeDialogs } from './ui/dialogs/vscodeDialogs';
import { KeptChanges } from './ui/changes/keptChanges';
import { lazyPages } from './ui/pages/pages';
import { ReadOnlyDocuments } from './ui/documents/readOnlyDocuments';
import { Drift } from './ui/declared/drift';
import { EditorTexts } from './ui/documents/editorTexts';
import { editorHelp } from './ui/documents/editorHelp';
import { CurrentHost } from './ui/hosts/currentHost';
import { HostCatalog } from './ui/hosts/hostCatalog';
import { logTransitions } from './ui/hosts/logTransitions';
import { Reconnecting } from './ui/hosts/reconnecting';
import { PerHost } from './ui/hosts/perHost';
import { whenKept } from './ui/hosts/whenKept';
import { WatchingShown } from './ui/hosts/watchingShown';
import { KeptRuns } from './ui/readiness/runs';
import { statusBar } from './ui/status/statusBar';
import { plainLog } from './ui/plainLog';
import { openTerminal } from './ui/terminals';
import { Views } from './ui/views';
import { Walkthrough } from './ui/walkthrough/walkthrough';
import { changeSetting, onSettingsChanged, vscodeSettings } from './ui/vscodeSettings';
import type { Workbench } from './ui/workbench';

let host: CurrentHost | undefined;

export function activate(context: ExtensionContext): void {
  const log = plainLog(window.createOutputChannel('SR-IOV', { log: true }));
  const dialogs = withPlainText(vscodeDialogs);
  const ask = askPersonBy(dialogs);
  const current = new CurrentHost(
    (id) => withAdvice(createHostControl(logged(openHost(id, ask), log), ask), inTheWorkbench),
    new KeptRuns(context.globalState),
    () => vscodeSettings().connections !== 'one',
  );
  host = current;
  const showsAll = () => vscodeSettings().connections === 'all';
  const reconnecting = new Reconnecting(current, Date.now, ownAddresses);
  const beside = new PerHost(
    current,
    (one) => new Reconnecting(one, Date.now, ownAddresses),
    () => current.all.filter(({ id }) => showsAll() && id !== current.id),
  );
  const access = new PerHost(current, (one) => new Remembering(one, () => vscodeSettings().rememberAccess));
  const watching = new WatchingShown(current, showsAll, () => vscodeSettings().refreshInterval);
  const state = { everywhere: context.globalState, here: context.workspaceState };
  const around = { state, side: sideOf(context) };
  const hosts = new HostCatalog(vscodeSettings, sshConfigHosts, defaultConfigFile(), around);
  const documents = new ReadOnlyDocuments();
  const connectFirst = () => {
    if (current.id !== undefined) return;
    for (const id of hosts.first()) {
      log.info(`connect to ${id}, without being asked`);
      // The view says why when it fails.
      current.connect(id).catch((error: unknown) => log.warn(String(error)));
    }
  };
  const arrangements = new Arrangements(current, context.globalState);
  const counters = new Counters(context.extensionUri, vscodeSettings, () => workbench);
  const drift = new Drift(current, vscodeSettings);
  const views = new Views(
    current,
    arrangements,
    reconnecting,
    watching,
    counters,
    () => hosts.known(),
    showsAll,
    connectFirst,
    (rows, onto) => void dropRows(workbench, rows, onto),
    drift,
  );
  const pages = lazyPages(
    context.extensionUri,
    new KeptChanges(context.globalState),
    () => workbench,
    (page, id) => watching.setWatchedBy(page, id),
    connectFirst,
  );
  const execute = async (command: string, ...words: unknown[]) =>
    void (await commands.executeCommand(command, ...words));
  const guide = new Walkthrough(current, context.globalState, context.extension.id, execute);
  const workbench: Workbench = {
    host: current,
    reconnecting,
    dialogs,
    rows: views,
    arrangements,
    hosts,
    documents,
    pages,
    counters,
    texts: new EditorTexts(),
    packets: async () =>
      (await import('./ui/packets/packets')).packetsBy(
        await import('./host/wireshark'),
        around.side !== undefined,
      ),
    declaredFiles: async () => (await import('./ui/declared/files')).declaredFiles,
    access: { done: (id) => access.of(id)?.done() },
    guide,
    remembered: new KeptAnswers(context.globalState),
    log,
    settings: vscodeSettings,
    setSetting: changeSetting,
    copy: async (text) => env.clipboard.writeText(text),
    openFile: async (path) => void (await window.showTextDocument(Uri.file(path))),
    around: () => aroundOf(context),
    openTerminal,
    isTrusted: () => workspace.isTrusted,
    execute,
  };
  context.subscriptions.push(
    log,
    reconnecting,
    beside,
    access,
    guide,
    watching,
    documents,
    pages,
    counters,
    window.registerWebviewViewProvider('sriov.counters', counters),
    drift,
    views,
    editorHelp(() => workbench),
    { dispose: current.used.on(() => void hosts.use(current.inUse)) },
    contextKeys(current, arrangements),
    statusBar(current, reconnecting, watching),
    logTransitions(current, watching, log),
    offerRecovery(workbench),
    whenKept(workbench, watching),
    onSettingsChanged(() => {
      watching.restart();
      drift.look();
      for (const each of access.all) each.settingChanged();
      counters.settingsChanged();
      views.settingsChanged();
    }),
    ...registerCommands(workbench),
    ...registerTools(workbench),
  );
}

export async function deactivate(): Promise<void> {
  await host?.disconnectAll();
}

function aroundOf({ extension }: ExtensionContext) {
  // In a browser it is the address of the server.
  const remote = env.remoteName?.replace(/^.*:\d+$/, 'web') ?? 'none';
  const { version: own } = extension.packageJSON as { version: string };
  const { platform, arch, version: node } = process;
  return {
    versions: { extension: own, vscode: version, app: env.appName, remote, platform, arch, node },
    hostname: hostname(),
    user: userName(),
  };
}

/** The machine that this runs on, where the person sits in front of another one. */
function sideOf({ extension }: ExtensionContext): string | undefined {
  const isApart = env.remoteName !== undefined || env.uiKind === UIKind.Web;
  return isApart && extension.extensionKind === ExtensionKind.Workspace ? hostname() : undefined;
}

function openHost(id: string, ask: AskPerson) {
  if (id === 'local') return localHost();
  const settings = vscodeSettings();
  return sshHost(id, {
    path: settings.sshPath || undefined,
    configFile: settings.sshConfigFile || undefined,
    connectTimeout: settings.sshConnectTimeout,
    reuseConnection: settings.sshReuseConnection,
    ask,
  });
}
