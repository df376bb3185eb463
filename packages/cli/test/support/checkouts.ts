/**
 * What checkouts of many countries send, made for these tests: addresses, names as people write them, and bills as shops
 * round them. The names are those that forms use as examples.
 */

/** `country|first|last|company|street|number|postal code|city|state`, and behind `=>` the fields that do not fit. */
const addressLines = `
NL|Jan|Jansen||Kade|1|8011 AA|Zwolle|
NL|Truus|de Vries - van den Berg|Stichting tot Behoud van Oude Ambachten en Gebruiken|Burgemeester van der Voort van Zijplaan|12 bis|3571 XX|Utrecht| => company
NL|Piet|van 't Hoff||'s-Gravelandseweg|10-II|1217 ET|Hilversum|
NL|Kees|Bakker||1e Constantijn Huygensstraat|20 hs|1054 BR|Amsterdam|
NL|Sjoukje|Hoekstra||Jonkheer Sandbergwei|3|9005 PB|Wergea|FR
NL|Mohammed|El Idrissi||Lombardijenkade|145-C|3083 AA|Rotterdam|ZH
BE|Jan|Peeters||Grote Markt|1|2000|Antwerpen|
BE|Marie|Dupont||Chaussée de Haecht|1405 bte 3|1130|Bruxelles|
BE|Luc|Maes|Vennootschap onder firma Maes en Zonen, Groothandel|Sint-Katelijnevest|54 bus 0201|2000|Antwerpen| => company
BE|Anne|Lambert||Rue de la Croix-Rouge|7/2|6600|Bastogne|
LU|Jean|Weber||Avenue de la Liberté|12|L-1930|Luxembourg|
DE|Max|Mustermann||Musterstraße|1|12345|Musterstadt|
DE|Erika|Mustermann||Straße des 17. Juni|135|10623|Berlin|
DE|Hans-Jürgen|von und zu Musterberg-Hohenstein||Am Großen Wannsee|56 – 58|14109|Berlin|
DE|Anna|Schäfer|Müller, Schulze & Partner Rechtsanwälte mbB|Königsallee|92a|40212|Düsseldorf|NW => company
DE|Otto|Groß||C 4|9b|68159|Mannheim|BW
DE|Grete|Meyer||Packstation 145|1234567|53113|Bonn|
AT|Maria|Musterfrau||Landstraßer Hauptstraße|71/2/36|1030|Wien|
AT|Josef|Huber||Dorf|4|6391|Fieberbrunn|Tirol
CH|Peter|Muster||Rue du Rhône|1|1204|Genève|GE
CH|Ursula|Müller||Zürcherstrasse|12|8500|Frauenfeld|TG
CH|Luca|Bernasconi||Via Nassa|7|6900|Lugano|TI
LI|Anna|Beck||Städtle|3|9490|Vaduz|
FR|Jean|Dupont||rue de l'Église|12 bis|75015|Paris|
FR|Marie-Christine|de La Fontaine-Beauregard||avenue du Maréchal-de-Lattre-de-Tassigny|3|94120|Fontenay-sous-Bois|
FR|Élodie|Lefèvre|Société d'exploitation des établissements Lefèvre|boulevard Saint-Michel|1 ter|75006|Paris| => company
FR|Loïc|Le Goff||Kermaria|0|29120|Pont-l'Abbé|
FR|Paul|Martin||rue Haute|5|51300|Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson| => city
FR|Aimé|Hoarau||chemin des Bougainvilliers|8|97400|Saint-Denis|
MC|Louis|Blanc||boulevard des Moulins|2|98000|Monaco|
GB|John|Smith||High Street|10|SW1A 2AA|London|
GB|Siân|Davies||Ffordd yr Orsaf|3|LL61 5UJ|Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch|Ynys Môn => city
GB|Fiona|MacDonald||Sràid a' Chidhe|7|HS1 2XX|Steòrnabhagh|
GB|William|O'Connor||Flat 4, 221B Baker Street||NW1 6XE|London|
IE|Seán|Ó Murchú||Sráid Uí Chonaill|12|D01 F5P2|Baile Átha Cliath|
IE|Mary|Murphy||Main Street||V94 T9PX|Limerick|Co. Limerick
ES|Juan|Pérez||Calle Mayor|1, 2º izq.|28013|Madrid|
ES|María del Carmen Purificación|García de los Ángeles y Fernández||Avenida de la Constitución|20|41001|Sevilla|
ES|Núria|Puig i Cadafalch||Carrer d'Aragó|255, 4t 2a|08007|Barcelona|
ES|Iker|Etxeberria||Gipuzkoako Industrialdea|3 B|20018|Donostia|Gipuzkoa
PT|João|da Silva||Rua de São Bento|12, 3.º dto.|1200-820|Lisboa|
PT|Maria|Gonçalves||Largo do Município|4|9500-095|Ponta Delgada|Açores
IT|Mario|Rossi||Via Roma|1|00184|Roma|RM
IT|Niccolò|Bianchi||Piazza dell'Unità d'Italia|4/A|34121|Trieste|TS
IT|Anna|Gruber||Bindergasse - Via dei Bottai|12|39100|Bolzano - Bozen|BZ
IT|Giulia|Conti||Località Pian dei Pini||08020|San Teodoro|NU
SM|Marco|Belluzzi||Contrada del Collegio|38|47890|San Marino|
VA|Paolo|Verdi||Via di Porta Angelica|1|00120|Città del Vaticano|
MT|Joe|Borg||Triq ir-Repubblika|17|VLT 1117|Il-Belt Valletta|
GR|Γιώργος|Παπαδόπουλος||Ερμού|15|105 63|Αθήνα|
CY|Άννα|Χριστοδούλου||Λεωφόρος Μακαρίου|5|1065|Λευκωσία|
DK|Jens|Hansen||Strøget|1, 2. tv.|1160|København K|
DK|Åse|Sørensen||Østergade|5 B|8900|Randers C|
FO|Jógvan|Joensen||Niels Finsens gøta|4|100|Tórshavn|
GL|Aviâja|Petersen||Aqqusinersuaq|12|3900|Nuuk|
SE|Anna|Svensson||Storgatan|1|114 51|Stockholm|
SE|Åke|Öberg||Änggårdsplatsen|4 A lgh 1102|413 16|Göteborg|
NO|Ola|Nordmann||Karl Johans gate|1|0154|Oslo|
NO|Kari|Nordmann||Øvre Slottsgate|17 H0302|5003|Bergen|
SJ|Lars|Berg||Vei 500|1|9170|Longyearbyen|
FI|Matti|Meikäläinen||Mannerheimintie|1 A 12|00100|Helsinki|
FI|Maija|Meikäläinen||Hämeenkatu|3|33100|Tampere|
AX|Eva|Lindström||Storagatan|8|22100|Mariehamn|
IS|Jón|Jónsson||Laugavegur|1|101|Reykjavík|
IS|Guðrún|Þorsteinsdóttir||Kirkjubæjarklaustur||880|Kirkjubæjarklaustur|
EE|Mari|Tamm||Pikk|1-4|10123|Tallinn|Harju maakond
LV|Jānis|Bērziņš||Brīvības iela|55 - 12|LV-1010|Rīga|
LT|Jonas|Jonaitis||Gedimino pr.|9-3|LT-01103|Vilnius|
PL|Jan|Kowalski||ul. Świętokrzyska|14 m. 5|00-050|Warszawa|
PL|Małgorzata|Brzęczyszczykiewicz-Wiśniewska||ul. Księcia Józefa Poniatowskiego|1/2|31-131|Kraków|
CZ|Jan|Novák||náměstí Míru|820/9|120 00|Praha 2|
CZ|Jana|Nováková||Příčná|1|602 00|Brno|
SK|Ján|Kováč||Námestie SNP|12|811 06|Bratislava|
HU|János|Kovács||Andrássy út|60. II/3.|1062|Budapest|
HU|Erzsébet|Nagy-Szentgyörgyi||Rákóczi Ferenc utca|1/b|6720|Szeged|
SI|Janez|Novak||Čopova ulica|3|1000|Ljubljana|
HR|Ivan|Horvat||Ilica|1|10000|Zagreb|
BA|Amra|Hodžić||Ferhadija|12|71000|Sarajevo|
RS|Петар|Петровић||Кнез Михаилова|6|11000|Београд|
ME|Marko|Marković||Njegoševa|2|81000|Podgorica|
MK|Марија|Стојановска||ул. Македонија|11|1000|Скопје|
AL|Agim|Hoxha||Rruga e Durrësit|5|1001|Tiranë|
XK|Arben|Krasniqi||Rr. Nënë Tereza|20|10000|Prishtinë|
RO|Ion|Popescu||Str. Ștefan cel Mare|10, bl. A2, sc. 1, et. 4, ap. 17|020121|București|Sector 2
MD|Ana|Rusu||bd. Ștefan cel Mare și Sfânt|1|MD-2001|Chișinău|
BG|Иван|Иванов||бул. Витоша|1|1000|София|
UA|Олена|Шевченко||вул. Хрещатик|22|01001|Київ|
BY|Янка|Іваноў||праспект Незалежнасці|4|220030|Мінск|
TR|Ayşe|Yılmaz||İstiklal Caddesi|12/3|34430|Beyoğlu|İstanbul
GE|გიორგი|ბერიძე||რუსთაველის გამზირი|12|0108|თბილისი|
AM|Անի|Պետրոսյան||Աբովյան փողոց|8|0001|Երևան|
IL|ישראל|ישראלי||רחוב הרצל|1|6688218|תל אביב-יפו|
LB|زينب|خوري||شارع الحمرا|7||بيروت|
AE|محمد|الهاشمي||Sheikh Zayed Road|Villa 4||Dubai|
SA|فاطمة|العتيبي||طريق الملك فهد|7890|12271|الرياض|
EG|Ahmed|Hassan||شارع طلعت حرب|15|11511|القاهرة|
MA|Fatima-Zahra|Benjelloun||Avenue Mohammed V|3, appt. 5|20250|Casablanca|
TN|Amine|Ben Salah||Avenue Habib Bourguiba|44|1001|Tunis|
ZA|Thandi|Nkosi||Long Street|123|8001|Cape Town|Western Cape
NA|Petrus|van der Merwe||Independence Avenue|1||Windhoek|
NG|Chukwuemeka|Okonkwo||Adeola Odeku Street|Plot 1415|101241|Lagos|
KE|Wanjiku|Kamau||P.O. Box 12345||00100|Nairobi|
GH|Kwame|Mensah||Oxford Street|GA-183-8164||Accra|
ET|አበበ|ከበደ||ቦሌ መንገድ|2|1000|አዲስ አበባ|
US|John|Doe||Main Street|123 Apt 4B|12345-6789|Springfield|IL
US|Mary-Ann|Smith-Jones|The Amalgamated Widget & Sprocket Company, Inc.|Martin Luther King Jr. Boulevard NW|1600|20500|Washington|DC => company
US|José|Rivera||Calle Fortaleza|63|00901|San Juan|PR
US|Keanu|Kahananui||Kuhio Hwy|4-831|96746|Kapaa|HI
CA|Jean|Tremblay||rue Saint-Jean|1090|G1R 1S5|Québec|QC
CA|Jane|Roe||Yonge Street|55|M5E 1J4|Toronto|ON
MX|Juan|Pérez Hernández||Calle 5 de Mayo|10 int. 3|06000|Ciudad de México|CDMX
BR|João|da Silva Sauro||Avenida Paulista|1578, apto. 42|01310-200|São Paulo|SP
BR|Maria|Aparecida||Rua das Laranjeiras|s/n|22240-003|Rio de Janeiro|RJ
AR|Juan|Gómez||Avenida 9 de Julio|1000 piso 3|C1043AAY|Ciudad Autónoma de Buenos Aires|C
CL|María|Soto||Avenida Libertador Bernardo O'Higgins|227|8370450|Santiago|RM
CO|Andrés|Ramírez||Carrera 7|# 12-34|110321|Bogotá|DC
PE|Rosa|Quispe||Jirón de la Unión|300|15001|Lima|
CW|Shanice|Martina||Breedestraat|12||Willemstad|
AW|Juan|Croes||Caya G. F. Betico Croes|5||Oranjestad|
SX|Marie|Richardson||Front Street|1||Philipsburg|
SR|Soenita|Ramdin||Waterkant|4||Paramaribo|
JP|太郎|山田||丸の内一丁目|1-1|100-0005|東京都千代田区|東京都
JP|Hanako|Yamada||2-chome Umeda|3-1|530-0001|Osaka|Osaka
CN|伟|王||长安街|1号|100005|北京市|北京
TW|小明|陳||中山北路二段|48巷7號|104|臺北市|
HK|Siu Ming|Chan||Nathan Road|Flat B, 12/F, 83||Kowloon|
KR|길동|홍||세종대로|110|04524|서울특별시|
IN|Lakshmi|Venkataraman Subramanian||Mahatma Gandhi Road|14/2, 3rd Cross|560001|Bengaluru|KA
IN|राम|कुमार||अशोक मार्ग|5|226001|लखनऊ|UP
LK|Nimal|Perera||Galle Road|45|00300|Colombo|
TH|สมชาย|ใจดี||ถนนสุขุมวิท|99/1|10110|กรุงเทพมหานคร|กรุงเทพมหานคร
TH|Somchai|Jaidee||Sukhumvit Road|99/1|10110|Krung Thep Maha Nakhon Amon Rattanakosin|BKK => city
VN|Văn|Nguyễn||Phố Tràng Tiền|1|100000|Hà Nội|
ID|Siti|Rahayu||Jalan Jenderal Sudirman|Kav. 52-53|12190|Jakarta|DKI
MY|Ahmad|bin Abdullah||Jalan Sultan Ismail|No. 8, Lot 3|50250|Kuala Lumpur|
SG|Mei Ling|Tan||Orchard Road|391A #12-01|238873|Singapore|
PH|Maria Clara|delos Santos||Roxas Boulevard|1234|1000|Manila|
AU|Jane|Citizen||George Street|Unit 3/27|2000|Sydney|NSW
NZ|Aroha|Ngata||State Highway 52|1|4981|Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu| => city
KZ|Айгүл|Нұрланқызы||Абай даңғылы|10|050000|Алматы|
`

/** `first|middle|last`, and behind `=>` the fields that do not fit. */
const nameLines = `
A|van|B
X||Y
Mary Jane||Watson
Jean-Baptiste||Poquelin
D'Arcy||O'Neill-ffrench
Anne|van der|Berg
Maria|de los Ángeles|Núñez
Jörg-Rüdiger||Weiß
Þór||Æsirsson
Łukasz||Żółć
Ĳsbrand||Dĳkstra
ß||ß
李||小龍
Nguyễn Thị Minh||Khai
Björk||Guðmundsdóttir
Иоганн Себастьян||Бах-Шмидт
أحمد||بن محمد
עדי||כהן
さくら||佐藤
민준||김
Zoë||Saldaña 🎉
Prince||.
Jr.||Smith, Jr.
1st||Customer
Anonymous||-
Maximilian Alexander Ferdinand Leopold||Musterberg => first
Rhoshandiatellyneshiaunneveshenk||Koyaanisquatsiuth
Hubert||Wolfeschlegelsteinhausenbergerdorff-Musterberg => last
Uvuvwevwevwe Onyetenyevwe||Ugwemuhwem Osas
Adolph|Blaine Charles David Earl Frederick Gerald Hubert|Mustermann => middle
Priscilla||Featherstonehaugh-Cholmondeley Marjoribanks => last
Tim||O’Reilly
A.||Müller–Lüdenscheidt
Aþena||Ísfold
Siobhán||Ní Dhomhnaill
Gündüz||Şimşek
Ağa||Əliyev
Đặng||Thị Ngọc Thịnh
Ong||A
Ṣẹgun||Adébáyọ̀
`

/** `country currency basis rounding: quantity x minor @ rate`: prices net or gross, rounded by the piece or by the line. */
const billLines = `
NL EUR net line: 3x999@21
NL EUR net piece: 3x999@21
NL EUR gross line: 7x1295@21
NL EUR gross piece: 1x2495@21 1x495@21
NL EUR gross line: 2x1250@9 1x4999@21 1x395@21
NL EUR net line: 10x33@9 3x777@21 1x-500@21
NL EUR gross line: 1x4990@21 1x-4990@21 1x1000@21
NL EUR gross line: 1x4990@21 1x0@21
NL EUR gross line: 2x1500@21 2x1500@21
BE EUR net line: 6x1667@6 1x2083@21
BE EUR gross piece: 12x1149@12 5x899@6
LU EUR gross line: 3x1111@17 2x333@3
DE EUR gross line: 3x1999@19 2x249@7
DE EUR net line: 17x1261@19 1x412@19
DE EUR net piece: 17x1261@19 1x412@19
DE EUR gross line: 1x119999@19 1x-12000@19
AT EUR gross line: 1x8990@20 4x149@10 1x990@13
CH CHF gross line: 3x4995@8.1 1x250@2.6 1x900@8.1
CH CHF net line: 7x1285@8.1 3x199@3.8
FR EUR gross line: 2x3490@20 1x599@5.5 1x290@2.1
FR EUR net line: 9x1108@20 2x1009@10
IT EUR net line: 3x8197@22 1x909@10 1x385@4
ES EUR gross line: 1x2999@21 3x450@10 2x120@4
PT EUR gross piece: 4x1575@23 2x680@13 1x99@6
IE EUR gross line: 1x4999@23 1x1350@13.5 1x1000@0
GB GBP net line: 5x833@20 1x417@20
GB GBP gross line: 3x1499@20 1x1200@0 1x525@5
DK DKK gross line: 2x19995@25 1x4900@25
SE SEK net line: 3x15992@25 2x892@12 1x472@6
NO NOK gross line: 1x79900@25 2x2990@15 1x12900@12
FI EUR gross line: 3x1590@25.5 2x890@14 1x1990@10
IS ISK gross line: 2x5990@24 1x1290@11
PL PLN gross line: 3x4999@23 2x1250@8 1x699@5
CZ CZK net line: 4x24793@21 3x8929@12
HU HUF gross line: 3x4990@27 1x12990@18 2x450@5
RO RON gross line: 2x9999@21 1x4550@11
BG EUR net line: 3x1667@20 1x917@9
HR EUR gross line: 2x2499@25 1x1305@13 3x95@5
GR EUR gross line: 2x1990@24 3x690@13 1x1250@6
TR TRY net line: 3x84975@20 2x4545@10 1x9901@1
US USD net line: 3x1999@8.875 1x599@0
US USD net line: 1x129900@7.25 1x-12990@7.25 1x1495@0
CA CAD net line: 2x4999@14.975 1x1299@5
MX MXN gross line: 3x49900@16
BR BRL gross line: 2x18990@17
JP JPY gross line: 3x1980@10 2x540@8
JP JPY net piece: 7x333@10 11x77@8
KR KRW gross line: 2x33000@10
CN CNY gross line: 3x19900@13
IN INR net line: 3x84746@18 2x9524@5
AU AUD gross line: 2x5495@10 1x995@10
NZ NZD gross line: 3x2999@15
SG SGD net line: 5x1899@9
ZA ZAR gross line: 3x24999@15
AE AED net line: 2x12381@5
SA SAR gross line: 1x34500@15
KW KWD gross line: 2x12750@0
BH BHD net line: 3x4545@10
TN TND gross line: 1x59900@19
XK EUR gross line: 2x1790@18
`

const textOf = (lines: string): ReadonlyArray<string> => lines.trim().split("\n")

export interface Checkout {
  readonly what: string
  readonly order: object
  /** Paths inside the order of what does not fit. */
  readonly adjusted: ReadonlyArray<string>
}

const person = { first: "Max", last: "Mustermann" }
const buyer = {
  _tag: "Shopper",
  id: "c-1",
  name: person,
  email: "nobody@shop.example",
  language: "en",
  gender: "undefined"
}
const place = { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
const total = { minor: 4990, currency: "EUR" }

const addressCheckout = (line: string): Checkout => {
  const [sent = "", unfit = ""] = line.split(" => ")
  const [country, first, last, company, street, houseNumber, postalCode, city, state] = sent.split("|")
  const name = { first, last }
  return {
    what: `an address: ${line}`,
    // What a form has no text for, it sends empty.
    order: {
      buyer: { ...buyer, name },
      billTo: { name, address: { company, street, houseNumber, postalCode, city, state, country } },
      total
    },
    adjusted: unfit === "" ? [] : [`billTo.address.${unfit}`]
  }
}

const nameCheckout = (line: string): Checkout => {
  const [sent = "", unfit = ""] = line.split(" => ")
  const [first, middle, last] = sent.split("|")
  return {
    what: `a name: ${line}`,
    order: { buyer, billTo: { name: { first, middle, last }, address: place }, total },
    adjusted: unfit === "" ? [] : [`billTo.name.${unfit}`]
  }
}

/** Half away from zero, in whole numbers. */
const divided = (numerator: number, denominator: number): number =>
  Math.sign(numerator) * Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator)) + 0

// Rates have at most three digits behind the point.
const taxed = (minor: number, rate: number, basis: string) => {
  const thousandths = Math.round(rate * 1_000)
  const net = basis === "net" ? minor : divided(minor * 100_000, 100_000 + thousandths)
  const gross = basis === "net" ? minor + divided(minor * thousandths, 100_000) : minor
  return { net, vat: gross - net, gross }
}

const billCheckout = (bill: string): Checkout => {
  const [head = "", ...articles] = bill.split(/: | (?=-?\d+x)/)
  const [country, currency, basis = "", rounding] = head.split(" ")
  const lines = articles.map((article, index) => {
    const [, quantity, minor, vatRate = ""] = /^(\d+)x(-?\d+)@([\d.]+)$/.exec(article)!.map(String)
    const piece = taxed(Number(minor), Number(vatRate), basis)
    const times = (one: number): number => one * Number(quantity) + 0
    const line = rounding === "piece"
      ? { net: times(piece.net), vat: times(piece.vat), gross: times(piece.gross) }
      : taxed(times(Number(minor)), Number(vatRate), basis)
    // The same article stands on several lines where a shop splits them.
    return { name: `Article ${index % 2}`, code: `A-${index % 2}`, quantity: Number(quantity), vatRate, piece, line }
  })
  const minor = lines.reduce((sum, { line }) => sum + line.gross, 0)
  return {
    what: `a bill: ${bill}`,
    order: {
      buyer,
      billTo: { name: person, address: { ...place, country } },
      total: { minor, currency },
      invoice: { lines }
    },
    adjusted: []
  }
}

export const checkouts: ReadonlyArray<Checkout> = [
  ...textOf(addressLines).map(addressCheckout),
  ...textOf(nameLines).map(nameCheckout),
  ...textOf(billLines).map(billCheckout)
]
