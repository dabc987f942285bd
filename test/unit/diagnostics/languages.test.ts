import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { errnoIn } from '../../../src/diagnostics/view/errno';

const refused = (complaint: string) =>
  `# echo 4 > /sys/class/net/eth2/device/sriov_numvfs\n${complaint}\n# cat /sys/class/net/eth2/device/sriov_numvfs\n2`;

describe('the errors of the C library in other languages', () => {
  test.each([
    ['bash: echo: 写错误: 设备或资源忙', 'EBUSY'],
    ['bash: echo: 寫入錯誤: 裝置或系統資源忙碌中', 'EBUSY'],
    ['bash: echo: 書き込みエラー: デバイスもしくはリソースがビジー状態です', 'EBUSY'],
    ['bash: echo: 쓰기 오류: 장치나 자원이 동작 중', 'EBUSY'],
    ['bash: echo: błąd zapisu: Urządzenie lub zasoby zajęte', 'EBUSY'],
    ['bash: echo: chyba zápisu: Zařízení nebo zdroj jsou používány', 'EBUSY'],
    ['bash: echo: schrijffout: Apparaat of hulpbron is bezig', 'EBUSY'],
    ['bash: echo: yazma hatası: Aygıt ya da özkaynak meşgul', 'EBUSY'],
    ['bash: echo: помилка запису: Пристрій або ресурс зайнято', 'EBUSY'],
  ])('%s', (complaint, errno) => {
    expect(errnoIn(complaint)).toBe(errno);
    const causes = diagnose(parseEvidence(refused(complaint)))
      .filter(({ severity }) => severity === 'error')
      .map(({ cause }) => cause);
    expect(causes).toEqual(['numvfs-change-needs-zero']);
  });

  test.each([
    ['RTNETLINK answers: No existe el dispositivo o la dirección', 'ENXIO'],
    ['RTNETLINK answers: No existe el dispositivo', 'ENODEV'],
    ['RTNETLINK answers: İşlem desteklenmiyor', 'EOPNOTSUPP'],
    ['bash: erreur d’écriture : Ne peut allouer de la mémoire', 'ENOMEM'],
  ])('%s', (complaint, errno) => {
    expect(errnoIn(complaint)).toBe(errno);
  });

  test.each(['网卡 eth2 正常', 'Połączenie aktywne', 'ネットワーク接続: 有効', 'het apparaat bestaat al'])(
    'no error: %s',
    (text) => {
      expect(errnoIn(text)).toBeNull();
      expect(diagnose(parseEvidence(text))).toEqual([]);
    },
  );
});
