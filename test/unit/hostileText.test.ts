import { execaSync } from 'execa';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EvidenceFormatError } from '../../src/diagnostics/evidenceFormatError';
import { parseEvidence } from '../../src/diagnostics/parseEvidence';
import { diagnose } from '../../src/diagnostics/diagnose';
import { quoteAll } from '../../src/model/quote';
import { assemble } from '../../src/inventory/assemble';
import { sections } from '../../src/inventory/sections';
import { isRefusal, type Argv, type Plan } from '../../src/model/plan';
import { cidrProblem, interfaceNameProblem, macProblem } from '../../src/model/values';
import { planAttach } from '../../src/planning/attachments/planAttach';
import { renderProgram } from '../../src/execution/render';
import { hostileText as text } from '../hostileText';
import { container, host } from './hosts/host';

/** 10,000 of each kind, in batches: one shell takes many arguments. */
const batches = (texts: number, of: number) => ({ numRuns: Math.ceil(texts / of) });

describe('10,000 hostile texts', { timeout: 120_000 }, () => {
  test('reach a shell byte for byte', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 250, maxLength: 250 }), (texts) => {
        const { stdout } = execaSync('sh', ['-s'], {
          input: `printf '%s\\0' ${quoteAll(texts)}`,
          stripFinalNewline: false,
        });
        expect(stdout.split('\0').slice(0, -1)).toEqual(texts);
      }),
      batches(10_000, 250),
    );
  });

  test('as the steps of a plan: each step of the program that is sent receives what was planned', () => {
    const plan = planAttach(host(), {
      kind: 'attach',
      vf: 'enp1s0:0',
      container: 'fw',
      name: 'eth1',
    }) as Plan;
    fc.assert(
      fc.property(fc.array(text, { minLength: 200, maxLength: 200 }), (texts) => {
        const steps = texts.map((one) => ({
          title: one,
          apply: ['printf', '%s\\0', one] as Argv,
          undo: 'none' as const,
          timeout: 5,
        }));
        const program = renderProgram({ ...plan, title: texts[0]!, host: texts[1]!, steps }, 'id-1');
        const [, rest = ''] = program.split("<<'END_OF_PLAN_id-1'");
        const inner = rest.slice(rest.indexOf('\n') + 1, rest.lastIndexOf('\nEND_OF_PLAN_id-1\n'));
        // Its own data, without the executor: every step once.
        const data = inner.slice(0, inner.indexOf('take_locks()'));
        const { stdout, stderr } = execaSync('sh', ['-s'], {
          input: `${data}\nn=1; while [ $n -le ${texts.length} ]; do apply $n; n=$((n + 1)); done`,
          stripFinalNewline: false,
        });
        expect({ stderr, texts: stdout.split('\0').slice(0, -1) }).toEqual({ stderr: '', texts });
      }),
      batches(10_000, 200),
    );
  });

  test('as the name of a container: found by it', () => {
    fc.assert(
      fc.property(text, (name) => {
        const plan = planAttach(host({ containers: [container(name)] }), {
          ...{ kind: 'attach', vf: 'enp1s0:0', container: name },
        });
        expect(isRefusal(plan) ? plan.code : plan.kind).toBe('attach');
      }),
      { numRuns: 10_000 },
    );
  });

  test('as an interface name, a MAC or a CIDR: taken only when the kernel’s rules hold', () => {
    fc.assert(
      fc.property(text, (one) => {
        if (interfaceNameProblem(one) === undefined) {
          expect(new TextEncoder().encode(one).length).toBeLessThanOrEqual(15);
          expect(one).not.toMatch(/[/:\s]/);
        }
        expect(macProblem(one)).toBeDefined();
        expect(cidrProblem(one)).toBeDefined();
      }),
      { numRuns: 10_000 },
    );
  });

  test('as what a probe answers: a host is read, whatever it says', () => {
    const json = fc.json().map((document) => document.replaceAll('\0', ''));
    const names = fc.constantFrom(
      ...[
        'login',
        'sysfs',
        'links',
        'host-devices',
        'containers docker',
        'listed docker',
        'processes docker',
        'engine docker',
        'shims',
        'shim-arguments',
        'annotations',
        'record',
        'change x stopped',
      ],
      ...['namespace 7 /proc/1/ns/net', 'named-namespaces', 'udev', 'eswitch', 'os-release'],
    );
    const section = fc.tuple(names, fc.oneof(text, json)).map(([name, body]) => `@@n@@ ${name}\n${body}\n`);
    fc.assert(
      fc.property(fc.array(section, { maxLength: 8 }), (parts) => {
        expect(assemble('lab', sections(parts.join(''), 'n')).host.id).toBe('lab');
      }),
      { numRuns: 10_000 },
    );
  });

  test('as a log or a document of evidence: diagnosed, and never an error of the host; JSON of something else is refused as such', () => {
    const log = fc.array(text, { maxLength: 6 }).map((lines) => lines.join('\n'));
    const document = fc.record({ cmdline: log, dmesg: log, lspci: log }).map((each) => JSON.stringify(each));
    fc.assert(
      fc.property(fc.oneof(log, document, fc.json()), (evidence) => {
        try {
          const bad = diagnose(parseEvidence(evidence)).filter(({ severity }) => severity === 'error');
          expect(bad).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(EvidenceFormatError);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
