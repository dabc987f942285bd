import { describe, expect, test } from 'vitest';
import { configureRequest } from '../../../src/cli/configure';
import { attachRequest } from '../../../src/cli/requests';
import { UsageError } from '../../../src/cli/usage';
import { parse } from '../../../src/cli/parse';

const attached = (...args: string[]) => {
  const { positionals, values } = parse(['attach', 'v', 'c', ...args]);
  return attachRequest(positionals, values);
};
const configured = (...args: string[]) => {
  const { positionals, values } = parse(['configure', 'v', ...args]);
  return configureRequest(positionals, values);
};

describe('the command line takes what the prompts take', () => {
  test.each([
    ['--address', '10.0.0.0/24'],
    ['--address', '127.0.0.1/8'],
    ['--address', '224.0.0.1/24'],
    ['--address', '10.0.0.1/24', '--address', '10.0.0.1/24'],
    ['--mac', '01-00-5e-00-00-01'],
  ])('not %s %s', (...args) => {
    expect(() => attached(...args)).toThrow(UsageError);
  });

  test('MACs in each spelling', () => {
    expect(attached('--mac', '02-00-00-AB-00-77')).toMatchObject({ mac: '02:00:00:ab:00:77' });
    expect(configured('--mac', '0200.00ab.0077')).toMatchObject({ mac: '02:00:00:ab:00:77' });
  });

  test('dhcp as an address', () => {
    const both = attached('--address', 'DHCP', '--address', '2001:db8::1/64');
    expect(both).toMatchObject({ dhcp: true, addresses: ['2001:db8::1/64'] });
    expect(attached('--address', '10.0.0.1/24')).toMatchObject({
      dhcp: undefined,
      addresses: ['10.0.0.1/24'],
    });
  });
});
