import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileText } from '../../../hostileText';
import { unprintable } from '../../../../src/model/printable';
import { pictureOf } from '../../../../src/ui/topology/picture';
import { texts } from '../../../../src/ui/topology/topologyMain';
import { layout } from '../../../../src/ui/topology/webview/layout';
import { shown } from '../../../../src/ui/topology/webview/shown';
import { wired } from './wired';

const long = `<img src=x onerror=alert(1)>${'\u202e'.repeat(8)}${'x'.repeat(4096)}`;

/** A host whose every name is the same text. */
function named(name: string) {
  const host = wired();
  for (const pf of host.pfs) {
    pf.name = name;
    pf.driver = name;
    for (const vf of pf.vfs) if (vf.name !== null) vf.name = name;
  }
  for (const container of host.containers) {
    container.name = name;
    container.state = container.state === 'running' ? 'running' : name;
    for (const one of container.interfaces) one.name = `${name}${container.interfaces.indexOf(one)}`;
  }
  for (const link of host.links)
    if (link.kind !== null) [link.kind, link.name] = [name, `${link.name}${name}`];
  return host;
}

test('whatever a host calls its things, the picture has it as plain text of one line, and a place for each', () => {
  const isPlain = (text: string) => !new RegExp(`[\\n\\t]|${unprintable.source}`).test(text);
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.constant(long)), (name) => {
      const picture = pictureOf(named(name));
      const told = picture.nodes.flatMap(({ label, detail, spoken, uplink, reaches }) => [
        ...[label, detail, spoken, uplink?.text ?? '', reaches ?? ''],
      ]);
      const ofLinks = picture.links.flatMap((one) => [one.name, one.state, one.vlan, one.rate, one.how]);
      expect([...told, ...ofLinks].filter((text) => !isPlain(text))).toEqual([]);
      const where = layout(shown(picture, new Set(), texts()));
      expect(where.nodes.size).toBe(picture.nodes.length);
    }),
    { numRuns: 200 },
  );
});

test('the page makes no markup of what it is told', () => {
  const folder = 'src/ui/topology/webview';
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(10);
  const makers =
    /innerHTML|outerHTML|insertAdjacent|document\.write|DOMParser|createContextualFragment|\beval\b|new Function/;
  expect(sources.filter((file) => makers.test(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
});

test('its script stays small', async () => {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    ...{ entryPoints: ['src/ui/topology/webview/topology.ts'], bundle: true, minify: true, write: false },
    ...{ loader: { '.css': 'text' }, format: 'iife', target: 'es2023' },
  });
  expect(outputFiles.length).toBe(1);
  const styles = ['page.css', 'topology.css'].map((file) => statSync(join('media', file)).size);
  const size = outputFiles[0]!.contents.length + styles.reduce((sum, one) => sum + one, 0);
  expect(size).toBeLessThan(250 * 1024);
});
