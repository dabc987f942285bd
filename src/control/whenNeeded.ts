/**
 * Code that a session may never need, which is most of it: the readiness rules, the programs that change a host, and whatever watches
 * packets. The build puts each of them into a file of its own (esbuild.mjs); the first call of any of these loads it.
 */
const readiness = () => import('./readiness');
const changing = () => import('./changing');
const wire = () => import('./wirePart');

/** The same function, loaded on the first call. */
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
export const count = onCall(async () => (await changing()).count);
export const readConfiguration = onCall(async () => (await changing()).readConfiguration);
export const readHistory = onCall(async () => (await changing()).readHistory);
export const readJournal = onCall(async () => (await changing()).readJournal);
export const readKeptRuns = onCall(async () => (await changing()).readKeptRuns);
export const readTriggers = onCall(async () => (await changing()).readTriggers);
export const recoverHost = onCall(async () => (await changing()).recoverHost);
export const terminalProgram = onCall(async () => (await changing()).terminalProgram);
export const scriptOf = onCall(async () => (await changing()).scriptOf);

export const capture = onCall(async () => (await wire()).capture);
export const checkPath = onCall(async () => (await wire()).checkPath);
export const filterProblem = onCall(async () => (await wire()).filterProblem);
