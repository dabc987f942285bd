/**
 * What a session may never need, and most of the code is: the readiness rules, and the programs that change a host. The build
 * puts each of the two into a file of its own (esbuild.mjs); the first call of any of these loads it.
 */
const readiness = () => import('./readiness');
const changing = () => import('./changing');

/** The same function, from where it is loaded at the first call. */
const onCall =
  <Args extends unknown[], Result>(load: () => Promise<(...args: Args) => Result>) =>
  async (...args: Args): Promise<Awaited<Result>> =>
    await (
      await load()
    )(...args);

export const collectEvidence = onCall(async () => (await readiness()).collectEvidence);
export const diagnose = onCall(async () => (await readiness()).diagnose);
export const diagnoseText = onCall(async () => (await readiness()).diagnoseText);
export const evidenceFile = onCall(async () => (await readiness()).evidenceFile);
export const supportFiles = onCall(async () => (await readiness()).supportFiles);
export const whyItFailed = onCall(async () => (await readiness()).whyItFailed);

export const applyPlan = onCall(async () => (await changing()).applyPlan);
export const readConfiguration = onCall(async () => (await changing()).readConfiguration);
export const readHistory = onCall(async () => (await changing()).readHistory);
export const readJournal = onCall(async () => (await changing()).readJournal);
export const recoverHost = onCall(async () => (await changing()).recoverHost);
export const terminalProgram = onCall(async () => (await changing()).terminalProgram);
export const scriptOf = onCall(async () => (await changing()).scriptOf);
