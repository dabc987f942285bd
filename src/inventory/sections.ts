/**
 * A probe program answers in sections: a line `@@NONCE@@ name`, then everything up to the next such line. The nonce is
 * new for each run, so nothing that a container or an interface is called can pass for a header.
 */
export interface Section {
  name: string;
  body: string;
}

export function sections(stdout: string, nonce: string): Section[] {
  return stdout
    .split(`@@${nonce}@@ `)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return end < 0 ? { name: part, body: '' } : { name: part.slice(0, end), body: part.slice(end + 1) };
    });
}
