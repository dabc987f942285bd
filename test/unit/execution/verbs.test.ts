import { describe, expect, test } from 'vitest';
import type { Argv } from '../../../src/model/plan';
import { isArgv, programs, unwrap, verbs, wrappers } from '../../../src/model/verbs';
import { families } from '../../../src/boot/families';
import dhcp from '../../../src/execution/program/dhcp.sh';
import fixVerbs from '../../../src/execution/program/fixVerbs.sh';
import freshVerbs from '../../../src/execution/program/freshVerbs.sh';
import keptVerbs from '../../../src/execution/program/keptVerbs.sh';
import linkVerbs from '../../../src/execution/program/linkVerbs.sh';
import madeVerbs from '../../../src/execution/program/madeVerbs.sh';
import hostUse from '../../../src/execution/program/hostUse.sh';
import userspaceVerbs from '../../../src/execution/program/userspaceVerbs.sh';
import settings from '../../../src/execution/program/settings.sh';
import verbsShell from '../../../src/execution/program/verbs.sh';
import { nowhere } from '../planning/configurations';
import { everyPlan } from '../planning/everyPlan';

/** What is in the script of dhcp.sh is no function of the executor. */
const shell = [
  verbsShell,
  settings,
  fixVerbs,
  freshVerbs,
  dhcp,
  hostUse,
  userspaceVerbs,
  keptVerbs,
  linkVerbs,
  madeVerbs,
]
  .join('\n')
  .replace(/<<'(\w+)'[\s\S]*?\n\1\n/g, '\n');
const declared = { ...verbs, ...wrappers };

describe('verbs and the functions of the shell', () => {
  const defined = [...shell.matchAll(/^(\w+)\(\)/gm)].map(([, name = '']) => name);

  test.each(Object.entries(declared))('%s is there, and takes what its comment says', (name, { takes }) => {
    expect(defined).toContain(name);
    const usage = `${name} ${takes}`.trim().replace(/[|[\]'…]/g, '\\$&');
    expect(shell).toMatch(new RegExp(`^# (?:.*, )?${usage}(?:[:,]|$)`, 'm'));
  });

  test('a function that is not declared is another one’s part', () => {
    const undeclared = defined.filter((name) => !(name in declared));
    const lines = shell.split('\n').filter((line) => !line.startsWith('#'));
    const used = (name: string) =>
      lines.some((line) => new RegExp(`(?<![\\w-])${name}(?![\\w(-])`).test(line));
    expect(undeclared.filter((name) => !used(name))).toEqual([]);
  });
});

const all = everyPlan();
const argvs = all.flatMap(([, { steps, preconditions }]) => [
  ...steps.flatMap(({ apply, undo }) => (undo === 'none' ? [apply] : [apply, undo])),
  ...preconditions.map(({ check }) => check),
]);

describe('the plans of all planners', () => {
  test('use every verb, in commands that exist', () => {
    expect(argvs.filter((argv) => !isArgv(argv))).toEqual([]);
    const change = { add: ['a'], remove: ['b'] };
    const atBoot = families.flatMap(({ regenerate, tool }) => [regenerate?.(nowhere), tool?.(change)]);
    const used = [...argvs, ...atBoot.flatMap((argv) => (argv ? [argv] : []))].flatMap(verbsOf);
    expect(Object.keys({ ...declared, ...programs }).filter((verb) => !used.includes(verb))).toEqual([]);
  });

  test.each(all)('%s: each verb has the arguments that it takes', (_, { steps, preconditions }) => {
    for (const argv of [
      ...steps.flatMap(({ apply, undo }) => [apply, undo]),
      ...preconditions.map((p) => p.check),
    ]) {
      if (argv === 'none') continue;
      const { verb, args } = unwrap(argv);
      const takes: string | undefined = verb in verbs ? verbs[verb as keyof typeof verbs].takes : undefined;
      if (takes !== undefined) expect(`${args.length} of ${takes}`, argv.join(' ')).toMatch(counted(takes));
    }
  });

  test.each(all)('%s: every undo works where its step does', (_, plan) => {
    const { steps, spaces, from } = plan;
    for (const { title, apply, undo, space } of steps) {
      const namespace = space === undefined ? plan.namespace : spaces?.[space];
      if (undo === 'none') continue;
      const [there, back] = [unwrap(apply), unwrap(undo)];
      if (there.verb !== 'true' && back.verb !== 'true')
        expect(`${title}: ${placeOf(undo)}`).toBe(`${title}: ${placeOf(apply)}`);
      expect(undoes(there.verb, back.verb), `${title}: ${undo.join(' ')}`).toBe(true);
      for (const argv of [apply, undo]) {
        const place = placeOf(argv);
        if (unwrap(argv).place === 'inside')
          expect(place === 'source' ? from : namespace, argv.join(' ')).toBeTruthy();
        // The descriptor of the target, whatever is wrapped around it.
        if (place === 'source') expect(argv.join(' ')).not.toContain('/proc/self/fd/');
      }
    }
  });
});

/** A device that may be on the host is worked on by way of the same namespace. */
function placeOf(argv: Argv): 'host' | 'inside' | 'source' {
  const { place, atSource } = unwrap(argv);
  return place === 'host' ? 'host' : atSource ? 'source' : 'inside';
}

function undoes(one: string, other: string): boolean {
  const undo = (verb: string): readonly string[] =>
    verb in verbs
      ? ((verbs as Record<string, { undo?: readonly string[] }>)[verb]?.undo ?? [])
      : (programs as Record<string, readonly string[]>)[verb]!;
  return undo(one).includes(other) || undo(other).includes(one);
}

function verbsOf(argv: Argv): string[] {
  const [verb, ...rest] = argv;
  return verb in wrappers
    ? [
        verb,
        ...verbsOf(rest.slice(wrappers[verb as keyof typeof wrappers].takes.split(' ').length - 1) as Argv),
      ]
    : [verb];
}

/** `PCI NAME` is 2; with `ARG…` at the end, 2 or more; `[NAME MAC MTU]` may be left out. */
function counted(takes: string): RegExp {
  const [needed, optional] = [takes.replace(/\[.*/, ''), /\[(.*)\]/.exec(takes)?.[1] ?? ''].map(
    (names) => names.split(' ').filter(Boolean).length,
  ) as [number, number];
  const counts = Array.from({ length: 100 }, (_, count) => count).filter((count) =>
    /…\]?$/.test(takes) ? count >= needed : count === needed || count === needed + optional,
  );
  return new RegExp(`^(?:${counts.join('|')}) of `);
}
