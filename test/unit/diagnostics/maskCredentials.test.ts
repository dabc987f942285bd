import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { masker } from '../../../src/diagnostics/masking/masker';

const nobody = { hosts: [], users: [], containers: [] };
const mask = (text: string) => masker(nobody).mask(text);

describe('credentials are masked', () => {
  test.each([
    ['ks=http://user:hunter2@10.1.2.3/ks.cfg', 'ks=http://masked@198.18.0.1/ks.cfg'],
    ['inst.ks=https://user:hunter2@boot.acme.com/ks.cfg', 'inst.ks=https://masked@name-1.example/ks.cfg'],
    ['inst.ks=https://hunter2@boot/ks.cfg quiet', 'inst.ks=https://masked@boot/ks.cfg quiet'],
    ['inst.proxy="http://user:hunter2@proxy:3128"', 'inst.proxy="http://masked@proxy:3128"'],
    ['root=cifs://user:hunter2@nas/share ro', 'root=cifs://masked@nas/share ro'],
    ['url=http://user:hunter2@a@nas/x', 'url=http://masked@nas/x'],
    ['url=http://user:hunter2/a#b?c@nas/x', 'url=http://masked@nas/x'],
    ['url=http://user:hunter2%40a@[2a02:8109:1:2::7]/x', 'url=http://masked@[2001:db8::1]/x'],
    ['url=http://10.1.2.3:hunter2@nas/x', 'url=http://masked@nas/x'],
    [
      'netroot=iscsi:user:hunter2@10.1.2.3::3260::iqn.2001-04.com.acme:disk',
      'netroot=iscsi:masked@198.18.0.1::3260::identity-1',
    ],
    ['netroot=iscsi:user:hunter2:back:hunter3@10.1.2.3::::', 'netroot=iscsi:masked@198.18.0.1::::'],
    ['root=iscsi:hunter2@boot.acme.com', 'root=iscsi:masked@name-1.example'],
    ['rsync=backup:hunter2@nas::module', 'rsync=masked@nas::module'],
    [
      'ds=nocloud-net;s=https://user:hunter2@10.1.2.3/seed/',
      'ds=nocloud-net;s=https://masked@198.18.0.1/seed/',
    ],
    ['ds=nocloud;s=https://boot/?token=hunter2', 'ds=nocloud;s=https://boot/?token=masked'],
    [
      'ks=https://boot/ks?os=9&key=hunter2&x=hunter3 quiet',
      'ks=https://boot/ks?os=masked&key=masked&x=masked quiet',
    ],
    ['GET /ks?sig=hunter2 HTTP/1.1', 'GET /ks?sig=masked HTTP/1.1'],
    ['ks=https://boot/#hunter2', 'ks=https://boot/#masked'],
    ['ks=https://boot/a8Zk29QmXw71LpTr04Vb/ks.cfg', 'ks=https://boot/masked/ks.cfg'],
    ['curl: (22) http://user:hunter2@nas/x: 404', 'curl: (22) http://masked@nas/x: 404'],
    ['git+ssh://git:hunter2@nas/x', 'git+ssh://masked@nas/x'],
    ['rd.iscsi.password=hunter2', 'rd.iscsi.password=masked'],
    ['rootpw="hunter2 hunter3" x', 'rootpw=masked x'],
    ["inst.passphrase='hunter2'", 'inst.passphrase=masked'],
    ['wpa_psk=hunter2 api_key=hunter3 pass=hunter4', 'wpa_psk=masked api_key=masked pass=masked'],
  ])('%s', (text, masked) => expect(mask(text)).toBe(masked));

  test('generated: whatever is before the @ of a URL', () => {
    const login = fc
      .string({ minLength: 3, maxLength: 40 })
      .map((word) => word.replace(/[\s"'<>]/g, 'x'))
      .filter((word) => !/^masked/.test(word) && word.length > 2);
    fc.assert(
      fc.property(
        login,
        login,
        fc.constantFrom('http://', 'https://', 'iscsi:', 'ftp://'),
        (user, word, scheme) => {
          const secret = `${user}:S3cr${word}et`;
          expect(mask(`quiet ks=${scheme}${secret}@h/x; open ${scheme}${secret}@h`)).not.toMatch(/S3cr/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each([
  'crashkernel=512M-2G:64M,2G-:128M@16M',
  'memmap=4G$4G memmap=12M@2G',
  'console=soc:serial@fe201000',
  'platform soc:pcie@10000000: probe',
  '10: eth0@if3: <BROADCAST> mtu 1500',
  'iommu.passthrough=1 vfio_iommu_type1.bypass=1',
  'see https://www.kernel.org/doc/html/latest/admin-guide/kernel-parameters.html',
  'is it plugged in? retry=3',
])('what is no credential stays: %s', (text) => expect(mask(text)).toBe(text));
