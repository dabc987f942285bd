/** Something that identifies a machine or a person by its form alone. */
export interface Pattern {
  find: RegExp;
  /** What stands in its place; `number` is the same for the same text, from 1. `null`: it stays. */
  mask: (found: string, number: number) => string | null;
  /** Only what this group of the pattern matched is masked; all of it without. */
  group?: number;
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
/** A locally administered address of the same length and with the same separators. */
const hardwareAddress = (found: string, number: number): string | null => {
  const bytes = found.split(/[:-]/);
  if (new Set(bytes.map((byte) => byte.toLowerCase())).size === 1) return null;
  const masked = hex(number, bytes.length * 2 - 2).match(/../g) ?? [];
  return ['02', ...masked].join(found.includes(':') ? ':' : '-');
};

/** Everything zero, this machine itself, a mask or a group: it says nothing of anybody. */
const common4 = /^(?:0|127|255|22[4-9]|23\d)\./;
const ipv4 = (found: string, number: number): string | null =>
  common4.test(found) ? null : `198.18.${Math.floor(number / 256)}.${number % 256}`;

function ipv6(found: string, number: number): string | null {
  const groups = found.split(':').filter((group) => group !== '');
  const whole = found.includes('::') ? groups.length < 8 : groups.length === 8;
  if (!whole || /:::|::.*::/.test(found) || groups.some((group) => group.length > 4)) return null;
  if (/^(?:::1?|ff)/i.test(found) || groups.length === 0) return null;
  return `${/^fe80:/i.test(found) ? 'fe80' : '2001:db8'}::${number.toString(16)}`;
}

/** Where the software comes from that everybody has. */
const everybodys =
  /(?:^|\.)(?:docker\.io|(?:kernel|freedesktop|debian)\.org|(?:ubuntu|redhat|intel|github)\.com)$/i;

/** One mask for all of them: nobody needs to know which two are the same. */
const secret = (found: string): string | null => (found === 'masked' ? null : 'masked');

/** In the order they are looked for: what a later one could take for its own has been masked by then. */
export const patterns: Record<string, Pattern> = {
  // A login may hold anything, an address or an @ too: it goes up to the last @ before a space, before all the others.
  'logins in URLs': { find: /:\/\/([^\s"'<>]{1,1000})@/g, mask: secret, group: 1 },
  // `netroot=iscsi:user:password@host:…`, dracut.cmdline(7).
  'logins of network roots': {
    find: /\b(?:iscsi|cifs|smb|nfs4?|nbd|s?ftp|tftp|https?):(?!\/\/)([^\s"'<>]{1,1000})@/gi,
    mask: secret,
    group: 1,
  },
  // Not `crashkernel=2G-:128M@16M`, nor the unit address of a device tree.
  'logins before hosts': {
    find: /[=;,]([a-z_][\w.%+-]{0,63}:(?!\/\/|masked@)[^\s"'<>@]{1,200})@(?![0-9a-f]{6,16}\b)/gi,
    mask: secret,
    group: 1,
  },
  'values in queries': {
    find: /(?<=\S\?(?:[^\s"'?#]{0,1000}&)?[\w.%[\]-]{1,64}=)[^\s&#"']{1,1000}/g,
    mask: secret,
  },
  'fragments of URLs': { find: /(?<=:\/\/[^\s"'#]{1,1000}#)[^\s"']{1,1000}/g, mask: secret },
  'keys in URLs': {
    find: /(?<=:\/\/[^\s"']{1,1000}\/)(?=[\w~-]{0,200}\d)(?=[\w~-]{0,200}[a-z])[\w~-]{20,200}/gi,
    mask: secret,
  },
  'hardware addresses': {
    find: /(?<![\w:-])(?:[0-9a-f]{2}(?:(?::[0-9a-f]{2}){19}|(?::[0-9a-f]{2}){7}|(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){7}|(?:-[0-9a-f]{2}){5}))(?![\w:-])/gi,
    mask: hardwareAddress,
  },
  'hardware addresses in names': {
    find: /\b(en|wl|ww)x([0-9a-f]{12})\b/gi,
    mask: (_, number) => `02${hex(number, 10)}`,
    group: 2,
  },
  GUIDs: {
    find: /(?<![\w:])[0-9a-f]{4}(?::[0-9a-f]{4}){3}(?![\w:.])/gi,
    mask: (_, number) => `0200:0000:0000:${hex(number, 4)}`,
  },
  UUIDs: {
    find: /(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)/gi,
    mask: (_, number) => `00000000-0000-0000-0000-${hex(number, 12)}`,
  },
  'IPv6 addresses': { find: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:.])/gi, mask: ipv6 },
  'IPv4 addresses': {
    find: /(?<!\b(?:v|ver|version|fw|firmware|nvm|pkg|api|rev|driver)[ :=v]{0,3})(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/gi,
    mask: ipv4,
  },
  'serial numbers': {
    find: /\b(?:serial[ _-]?(?:number|num|no)|\w{1,20}_(?:serial|wwid)|S\/N|SN|asset[ _-]?tag)\b["'\]]{0,2}\s{0,8}[:=#]?\s{0,8}["']?((?=[\w-]{0,64}\d)[A-Z0-9][\w-]{3,63})/gi,
    mask: (_, number) => `serial-${number}`,
    group: 1,
  },
  'identities of disks': {
    find: /\b(?:iqn\.[\w.:-]{4,200}|wwn-0x[0-9a-f]{8,32}|eui\.[0-9a-f]{16,32}|nqn\.[\w.:-]{4,200})/gi,
    mask: (_, number) => `identity-${number}`,
  },
  passwords: {
    find: /\b(?:[\w.-]{0,40}(?:passw\w*|passphrase|rootpw|secret|token|credential\w*|username|api_?key|chap_\w+)|(?:[\w.]{1,40}[._-])?(?:pass|pw|psk|auth|sig|signature))=("[^"]{1,200}"|'[^']{1,200}'|[^\s"']{1,200})/gi,
    mask: secret,
    group: 1,
  },
  'long ids': {
    find: /(?<![\w-])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)/gi,
    mask: (found, number) => hex(number, found.length),
  },
  'home folders': {
    find: /\/(?:home|Users)\/([^/\s:"']{1,64})/g,
    mask: (found, number) => (/^user-\d+$/.test(found) ? null : `person-${number}`),
    group: 1,
  },
  'mail addresses': {
    find: /(?<![\w.+-])(?!masked@)[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[a-z]{2,12}(?!\w)/gi,
    mask: (_, number) => `person-${number}@example.org`,
  },
  'domain names': {
    find: /(?:(?<![\w./@-])|(?<=:\/\/|masked@))(?:[a-z0-9][\w-]{0,62}\.){1,6}(?:com|net|org|edu|gov|mil|int|info|io|dev|local|localdomain|lan|intra|internal|corp|home|cloud|de|uk|fr|nl|ch|at|it|es|pl|cz|se|no|dk|fi|ru|cn|jp|kr|in|br|au|ca|us|eu)(?![\w.-])/gi,
    mask: (found, number) => (everybodys.test(found) ? null : `name-${number}.example`),
  },
};
