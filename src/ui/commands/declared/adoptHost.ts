import type { Handler } from '../command';
import { becomeAdmin } from '../hosts/elevate';

/** Opens a file that declares the host as it is. */
export const adoptHost: Handler = async (workbench) => {
  if (!(await becomeAdmin(workbench))) return;
  const { snapshot } = workbench.host;
  if (!snapshot) return;
  const { adopted, loadDeclared, writeDeclared } = await import('../../declared/reading');
  await loadDeclared();
  const { declared, remarks } = adopted(snapshot);
  await (await workbench.declaredFiles()).create(writeDeclared(declared, remarks));
};
