/**
 * What glibc says of the errors that the calls of this field return (`libc.mo`), in small letters, by language: German,
 * French, Spanish, Italian, Portuguese (both), Russian, Ukrainian, Polish, Czech, Dutch, Turkish, Chinese (both), Japanese
 * and Korean; behind them what older releases said.
 */
const translations = {
  EPERM:
    'die operation ist nicht erlaubt | opération non permise | operación no permitida | operazione non permessa | operação não permitida | операция не позволена | дію заборонено | operacja niedozwolona | operace není povolena | actie is niet toegestaan | i̇şleme izin verilmedi | 不允许的操作 | 此項操作並不被允許 | 許可されていない操作です | 명령을 허용하지 않음 | vorgang nicht zulässig',
  ENOENT:
    'datei oder verzeichnis nicht gefunden | no existe el fichero o el directorio | file o directory non esistente | ficheiro ou pasta inexistente | arquivo ou diretório inexistente | нет такого файла или каталога | немає такого файла або каталогу | nie ma takiego pliku ani katalogu | adresář nebo soubor neexistuje | bestand of map bestaat niet | böyle bir dosya ya da dizin yok | 没有那个文件或目录 | 沒有此一檔案或目錄 | そのようなファイルやディレクトリはありません | 그런 파일이나 디렉터리가 없습니다 | no existe el archivo o el directorio | aucun fichier ou dossier de ce',
  ESRCH:
    'kein passender prozess gefunden | aucun processus de ce type | no existe el proceso | nessun processo corrisponde | processo inexistente | нет такого процесса | немає такого процесу | nie ma takiego procesu | tento proces neexistuje | proces bestaat niet | böyle bir süreç yok | 没有那个进程 | 沒有此一程序 | そのようなプロセスはありません | 그런 프로세스가 없음',
  EIO: "eingabe-/ausgabefehler | erreur d'entrée/sortie | error de entrada/salida | errore di input/output | erro de entrada/saída | ошибка ввода/вывода | помилка введення-виведення | błąd wejścia/wyjścia | chyba vstupu/výstupu | invoer-/uitvoerfout | girdi/çıktı hatası | 输入/输出错误 | 輸入/輸出錯誤 | 入力/出力エラーです | 입력/출력 오류",
  ENXIO:
    'kein passendes gerät bzw. keine passende adresse gefunden | aucun périphérique ou adresse | no existe el dispositivo o la dirección | device o indirizzo non esistente | dispositivo ou endereço inexistente | endereço ou dispositivo inexistente | нет такого устройства или адреса | немає такого пристрою чи адреси | nie ma takiego urządzenia ani adresu | takové zařízení nebo adresa neexistuje | apparaat of adres bestaat niet | böyle bir aygıt ya da adres yok | 没有那个设备或地址 | 沒有此一裝置或位址 | そのようなデバイスやアドレスはありません | 그런 장치 혹은 주소가 없음',
  EAGAIN:
    'die ressource ist zur zeit nicht verfügbar | ressource temporairement non disponible | recurso no disponible temporalmente | risorsa temporaneamente non disponibile | recurso temporariamente indisponível | ресурс временно недоступен | ресурс тимчасово недоступний | zasoby chwilowo niedostępne | prostředek je dočasně nepřístupný | hulpbron is tijdelijk onbeschikbaar | özkaynak geçici olarak kullanılamaz durumda | 资源暂时不可用 | 資源暫時無法取得 | リソースが一時的に利用できません | 자원이 일시적으로 사용 불가능함',
  ENOMEM:
    "nicht genügend hauptspeicher verfügbar | ne peut allouer de la mémoire | no se pudo asignar memoria | impossibile allocare memoria | impossível alocar memória | não foi possível alocar memória | невозможно выделить память | не вдалося розподілити пам'ять | nie można przydzielić pamięci | nelze alokovat paměť | onvoldoende geheugen beschikbaar | bellek ayrılamadı | 无法分配内存 | 無法配置記憶體 | メモリを確保できません | 메모리를 할당할 수 없습니다 | impossible d'allouer de la mémoire",
  EACCES:
    'keine berechtigung | permission non accordée | permiso denegado | permesso negato | permissão recusada | permissão negada | отказано в доступе | відмовлено у доступі | brak dostępu | operace zamítnuta | toegang geweigerd | erişim engellendi | 权限不够 | 拒絕不符權限的操作 | 許可がありません | 허가 거부',
  EBUSY:
    'das gerät oder die ressource ist belegt | périphérique ou ressource occupé | dispositivo o recurso ocupado | dispositivo o risorsa occupata | dispositivo ou recurso ocupado | dispositivo ou recurso está ocupado | устройство или ресурс занято | пристрій або ресурс зайнято | urządzenie lub zasoby zajęte | zařízení nebo zdroj jsou používány | apparaat of hulpbron is bezig | aygıt ya da özkaynak meşgul | 设备或资源忙 | 裝置或系統資源忙碌中 | デバイスもしくはリソースがビジー状態です | 장치나 자원이 동작 중',
  EEXIST:
    'die datei existiert bereits | le fichier existe | el fichero ya existe | file già esistente | o ficheiro existe | arquivo existe | файл существует | файл вже існує | plik istnieje | soubor již existuje | bestand bestaat al | dosya var | 文件已存在 | 檔案已存在 | ファイルが存在します | 파일이 있습니다',
  ENODEV:
    'kein passendes gerät gefunden | aucun périphérique de ce type | no existe el dispositivo | nessun device corrisponde | dispositivo inexistente | нет такого устройства | пристрою не знайдено | nie ma takiego urządzenia | takové zařízení neexistuje | onjuist apparaat | böyle bir aygıt yok | 没有那个设备 | 沒有此一裝置 | そのようなデバイスはありません | 그런 장치가 없음',
  EINVAL:
    'das argument ist ungültig | argument invalide | argumento inválido | argomento non valido | недопустимый аргумент | некоректний аргумент | zły argument | nepřípustný argument | ongeldig argument | geçersiz argüman | 无效的参数 | 不適用的引數 | 無効な引数です | 부적절한 인수 | ungültiges argument',
  ENOSPC:
    'auf dem gerät ist kein speicherplatz mehr verfügbar | aucun espace disponible sur le périphérique | no queda espacio en el dispositivo | spazio esaurito sul device | sem espaço livre no dispositivo | não há espaço disponível no dispositivo | на устройстве не осталось свободного места | недостатньо місця на пристрої | brak miejsca na urządzeniu | na zařízení není volné místo | geen ruimte meer over op apparaat | aygıt üzerinde boş yer yok | 设备上没有空间 | 裝置上已無多餘空間 | デバイスに空き領域がありません | 장치에 남은 공간이 없음',
  EROFS:
    'das dateisystem ist nur lesbar | système de fichiers accessible en lecture seulement | sistema de ficheros de sólo lectura | file system in sola lettura | sistema de ficheiros só de leitura | sistema de arquivos somente para leitura | файловая система доступна только для чтения | файлова система тільки для зчитування | system plików wyłącznie do odczytu | systém souborů je pouze pro čtení | bestandssysteem is alleen-lezen | salt-okunur dosya sistemi | 只读文件系统 | 唯讀的檔案系統 | 読み込み専用ファイルシステムです | 읽기전용 파일 시스템',
  ERANGE:
    "das numerische ergebnis ist außerhalb des gültigen bereiches | le résultat numérique est en dehors de l'intervalle | resultado numérico fuera de rango | risultato numerico fuori dall'intervallo | resultado numérico fora do intervalo | resultado numérico fora de alcance | числовой результат вне представимого диапазона | числовий результат поза дозволеним діапазоном | wynik liczbowy poza zakresem | číselný výsledek mimo rozsah | numeriek resultaat valt buiten bereik | sayısal sonuç kapsam dışı | 数值结果超出范围 | 數值運算結果超出範圍 | 計算結果は範囲外の値です | 범위를 벗어난 수치 결과 | résultat numérique en dehors de l",
  ENOSYS:
    'die angeforderte funktion ist nicht implementiert | fonction non implantée | función no implementada | funzione non implementata | função não implementada | функция не реализована | функцію не реалізовано | nie zaimplementowana funkcja | funkce není implementována | functie is niet aanwezig | i̇şlev bulunamadı (bir güncelleme gerekebilir) | 函数未实现 | 功能沒有實作 | 関数は実装されていません | 함수를 구현하지 않았습니다',
  EOPNOTSUPP:
    'die operation wird nicht unterstützt | opération non supportée | la operación no está soportada | operazione non supportata | operação não suportada | operação sem suporte | неподдерживаемая операция | дія не підтримується | operacja nie obsługiwana | operace není podporována | actie wordt niet ondersteund | i̇şlem desteklenmiyor | 不支持的操作 | 此項操作並不被支援 | サポートされていない操作です | 명령을 지원하지 않음',
  ENETDOWN:
    'das netzwerk ist nicht aktiv | le réseau ne fonctionne pas | la red no está activa | la rete non è disponibile | a rede está em baixo | a rede não responde | сеть не работает | мережу вимкнено | sieć jest wyłączona | síťování je mimo provoz | netwerk ligt plat | ağ yok oldu | 网络已关闭 | 網路停擺 | ネットワークが落ちています | 네트워크가 죽었습니다',
  ETIMEDOUT:
    "die wartezeit für die verbindung ist abgelaufen | connexion terminée par expiration du délai d'attente | expiró el tiempo de conexión | connessione scaduta | ligação expirada | tempo esgotado para conexão | время ожидания соединения истекло | перевищено інтервал очікування з'єднання | przekroczony czas oczekiwania na połączenie | spojení bylo příliš dlouho neaktivní | verbinding is verlopen | bağlantıda zaman aşımı | 连接超时 | 連線超過時間 | 接続がタイムアウトしました | 연결 시간 초과",
} as const;
type Errno = keyof typeof translations;

/** The longest first: some begin like others. */
const phrases = Object.entries(translations)
  .flatMap(([name, texts]) => texts.split(' | ').map((text) => [text, name as Errno] as const))
  .sort(([a], [b]) => b.length - a.length);
const beyondAscii = /[^\0-\x7f]/;
const plain = phrases.filter(([phrase]) => !beyondAscii.test(phrase));

/** The error that a message in another language than English speaks of. */
export function foreignErrno(text: string): Errno | null {
  const lower = text.toLowerCase().replaceAll('’', "'");
  const among = beyondAscii.test(lower) ? phrases : plain;
  return among.find(([phrase]) => lower.includes(phrase))?.[1] ?? null;
}

/** How bash says that a write failed, in English and in these languages (`bash.mo`). */
export const writeError =
  /write error|schreibfehler|erreur d['’]écriture|error de escritura|errore in scrittura|erro de escrita|ошибка записи|помилка запису|błąd zapisu|chyba zápisu|schrijffout|yazma hatası|写错误|写入错误|寫入(?:時發生)?錯誤|書き込みエラー|쓰기 오류/i;
