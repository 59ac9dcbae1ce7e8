"""Places met in datelines and sign-offs: enough to tell a place from a person or a region."""

from functools import lru_cache

from syndicator.model.patterns import pattern_of

_REGIONS = """
Ala.|Ariz.|Ark.|Calif.|Colo.|Conn.|Del.|Fla.|Ga.|Ill.|Ind.|Kan.|Ky.|La.|Md.|Mass.|Mich.|Minn.|Miss.|Mo.|Mont.|Neb.|Nev.|N.H.|
N.J.|N.M.|N.Y.|N.C.|N.D.|Okla.|Ore.|Pa.|R.I.|S.C.|S.D.|Tenn.|Tex.|Vt.|Va.|Wash.|W.Va.|Wis.|Wyo.|D.C.|
Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|
Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|
New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|
South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington state|West Virginia|Wisconsin|Wyoming|Puerto Rico|
AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|
TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|
Ontario|Quebec|Québec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|New Brunswick|Newfoundland|Yukon|Nunavut|
BC|AB|ON|QC|MB|SK|NS|NB|NL|PEI|Ont.|Que.|B.C.|Alta.|Man.|Sask.|N.S.|N.B.|N.L.|P.E.I.|
New South Wales|Queensland|Tasmania|South Australia|Western Australia|NSW|
England|Scotland|Wales|Northern Ireland|U.K.|UK|U.S.|USA|United States|United Kingdom|West Bank|Gaza Strip|Hong Kong|Crimea|
Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|
Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Bosnia-Herzegovina|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|
Cambodia|Cameroon|Canada|Cape Verde|Central African Republic|Chad|Chile|China|Colombia|Comoros|Congo|Costa Rica|Croatia|Cuba|
Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominica|Dominican Republic|East Timor|Ecuador|Egypt|El Salvador|Eritrea|
Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Germany|Ghana|Greece|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|
Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|
Kenya|Kiribati|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|
Macedonia|North Macedonia|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|
Montenegro|Morocco|Mozambique|Myanmar|Burma|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|Norway|
Oman|Pakistan|Palau|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|
San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|
South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|
Trinidad|Tunisia|Turkey|Türkiye|Turkmenistan|Uganda|Ukraine|United Arab Emirates|UAE|Uruguay|Uzbekistan|Vanuatu|Vatican|
Venezuela|Vietnam|Yemen|Zambia|Zimbabwe|Deutschland|Schweiz|Österreich|España|México|Brasil|Perú|Italia|
"""
_CITIES = """
Abidjan|Abu Dhabi|Abuja|Accra|Adelaide|Aden|Addis Ababa|Albany|Albuquerque|Algiers|Allahabad|Amman|Amsterdam|Anchorage|Ankara|
Annapolis|Antwerp|Asuncion|Asunción|Athens|Atlanta|Auckland|Augusta|Austin|Baghdad|Baku|Baltimore|Bamako|Bangkok|Bangalore|
Bengaluru|Barcelona|Basel|Basra|Baton Rouge|Beijing|Beirut|Belfast|Belgrade|Benghazi|Berlin|Bern|Bilbao|Birmingham|Bismarck|
Bogota|Bogotá|Boise|Bologna|Bonn|Boston|Brasilia|Brasília|Bratislava|Brazzaville|Bremen|Brisbane|Bristol|Brussels|Bruxelles|
Bucharest|Budapest|Buenos Aires|Buffalo|Bujumbura|Busan|Cairo|Calcutta|Calgary|Canberra|Cape Town|Caracas|Cardiff|Casablanca|
Charleston|Charlotte|Chennai|Cheyenne|Chicago|Chisinau|Christchurch|Cincinnati|Cleveland|Colombo|Columbia|Columbus|Conakry|
Concord|Copenhagen|Dakar|Dallas|Damascus|Dar es Salaam|Delhi|Denver|Des Moines|Detroit|Dhaka|Doha|Dortmund|Dover|Dresden|Dubai|
Dublin|Durban|Düsseldorf|Edinburgh|Edmonton|Essen|Florence|Frankfort|Frankfurt|Frankfurt am Main|Frankfurt/Main|Freetown|
Fukushima|Gaborone|Gaza|Gaza City|Gdansk|Geneva|Genève|Genf|Genoa|Glasgow|Guadalajara|Guatemala City|Guayaquil|Hamburg|Hanoi|
Hannover|Hanover|Harare|Harrisburg|Hartford|Havana|Helena|Helsinki|Ho Chi Minh City|Honolulu|Houston|Hyderabad|Indianapolis|
Islamabad|Istanbul|Jackson|Jakarta|Jefferson City|Jerusalem|Johannesburg|Juba|Juneau|Kabul|Kampala|Kansas City|Karachi|
Karlsruhe|Kathmandu|Khartoum|Kiev|Kyiv|Kigali|Kingston|Kinshasa|Kolkata|Köln|Cologne|Kuala Lumpur|Kuwait City|La Paz|Lagos|
Lahore|Lansing|Las Vegas|Leeds|Leipzig|Libreville|Lilongwe|Lima|Lincoln|Lisbon|Lisboa|Little Rock|Liverpool|Ljubljana|London|
Londres|Los Angeles|Luanda|Lucknow|Lusaka|Luxembourg|Lyon|Madison|Madrid|Mainz|Manama|Managua|Manchester|Manila|Maputo|
Marrakesh|Marseille|Mecca|Melbourne|Memphis|Mexico City|Miami|Milan|Milano|Milwaukee|Minneapolis|Minsk|Mogadishu|Monrovia|
Monterrey|Montevideo|Montgomery|Montpelier|Montreal|Montréal|Moscow|Moskau|Mosul|Mumbai|München|Munich|Muscat|Nairobi|Naples|
Napoli|Nashville|Nassau|Naypyitaw|New Delhi|New Orleans|New York|New York City|Niamey|Nice|Nicosia|Nouakchott|Nürnberg|Oakland|
Odessa|Oklahoma City|Olympia|Omaha|Orlando|Osaka|Oslo|Ottawa|Ouagadougou|Oxford|Panama City|Paris|Pasadena|Perth|Peshawar|
Philadelphia|Phnom Penh|Phoenix|Pierre|Pittsburgh|Port Moresby|Port-au-Prince|Portland|Porto|Potsdam|Prague|Prag|Pretoria|
Pristina|Providence|Pyongyang|Quebec City|Quito|Rabat|Raleigh|Ramallah|Rangoon|Yangon|Reykjavik|Richmond|Riga|Rio de Janeiro|
Riyadh|Rom|Roma|Rome|Rotterdam|Saarbrücken|Sacramento|Salem|Salt Lake City|San Antonio|San Diego|San Francisco|San Jose|
San José|San Juan|San Salvador|Sanaa|Santa Fe|Santiago|Santo Domingo|Sao Paulo|São Paulo|Sarajevo|Schwerin|Seattle|Seoul|
Shanghai|Shenzhen|Singapore|Skopje|Sofia|Southfield|Springfield|St. Louis|St. Paul|St. Petersburg|Stockholm|Strasbourg|
Stuttgart|Suva|Sydney|Taipei|Tallahassee|Tallinn|Tampa|Tashkent|Tbilisi|Tegucigalpa|Tehran|Tel Aviv|The Hague|Den Haag|
Thessaloniki|Tijuana|Tirana|Tokyo|Topeka|Toronto|Toulouse|Trenton|Tripoli|Tunis|Turin|Torino|Ulaanbaatar|United Nations|Utrecht|
Valencia|Valletta|Vancouver|Vatican City|Venice|Vienna|Wien|Vientiane|Vilnius|Warsaw|Warschau|Washington|Wellington|Wiesbaden|
Windhoek|Winnipeg|Yaounde|Yerevan|Zagreb|Zurich|Zürich|Kandahar|Aleppo|Donetsk|Kharkiv|Lviv|Mariupol|Guantanamo Bay|
Brüssel|Straßburg|Mailand|Neapel|Venedig|Athen|Warschau|Prag|Peking|Tokio|Kairo|Singapur|Lissabon|Kopenhagen|Genf|Teheran|Kiew|Singapore|Hong Kong|Luxembourg|Monaco|Djibouti|San Marino|Kuwait|Guatemala|Panama|Berne|Brussel|Lisbonne|Moscou|Genève|Ginebra|Pékin|Pequín|
Pequim|Bruselas|Bruxelas|París|Londra|Parigi|Berlino|Mosca|Bruxelles|Ciudad de México|Ciudad de Guatemala|La Habana|Bogotá|Nueva York|Nova York|
Nueva Delhi|Salvador|Recife|Porto Alegre|Belo Horizonte|Curitiba|Fortaleza|Manaus|Coimbra|Sevilla|Zaragoza|Málaga|Palma|Murcia|Vigo|Córdoba|Rosario|
Medellín|Cali|Cartagena|Guayaquil|Valparaíso|Arequipa|Puebla|Tijuana|Lille|Nantes|Bordeaux|Rennes|Nancy|Metz|Montpellier|Grenoble|Lausanne|Lugano|
Luzern|St. Gallen|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Bregenz|Rostock|Erfurt|Magdeburg|Kiel|Augsburg|Mannheim|Bochum|Bielefeld|Münster|Kassel|Freiburg|
Groningen|Eindhoven|Gent|Antwerpen|Liège|Namur|Stavanger|Trondheim|Tromsø|Odense|Uppsala|Malmö|Oulu|Kraków|Cracow|Gdańsk|Wrocław|Poznań|Łódź|Brno|
Palermo|Bari|Verona|Genova|Firenze|Venezia|Catania|Ahmedabad|Pune|Jaipur|Patna|Bhopal|Srinagar|Guwahati|Chandigarh|Kochi|Thiruvananthapuram|Bhubaneswar|
Quezon City|Cebu|Davao|Penang|Surabaya|Bandung|Medan|Guangzhou|Chengdu|Wuhan|Nanjing|Tianjin|Hangzhou|Kaohsiung|Taichung|Sapporo|Nagoya|Kyoto|Fukuoka|
Incheon|Daegu|Sejong|Urumqi|Lhasa|Macau|Macao|Hobart|Darwin|Townsville|Hamilton|Dunedin|Halifax|Regina|Saskatoon|Victoria|St. John's|Fredericton|Iqaluit|
Zamboanga|Mombasa|Kisumu|Entebbe|Ibadan|Kano|Kumasi|Bulawayo|Durban|Bloemfontein|Tangier|Oran|Alexandria|Aswan|Port Said|Sidon|Homs|Idlib|Erbil|Kirkuk|
Tucson|Tulsa|El Paso|Louisville|St. Petersburg|Cleveland|Dayton|Toledo|Akron|Spokane|Tacoma|Anaheim|Long Beach|Fresno|Reno|Knoxville|Chattanooga|
København|Göteborg|Malmö|Århus|Aarhus|Bergen|Tampere|Turku|Warszawa|Praha|Αθήνα|Москва|Киев|Київ|Санкт-Петербург|Минск|Астана|
Ташкент|Вашингтон|Лондон|Париж|Берлин|Пекин|دبي|القاهرة|بيروت|بغداد|دمشق|الرياض|واشنطن|لندن|باريس|القدس|غزة|الدوحة|طهران|
موسكو|تونس|الجزائر|الرباط|الخرطوم|صنعاء|عمان|أنقرة|
서울|부산|대구|인천|광주|대전|울산|세종|수원|제주|춘천|청주|전주|창원|워싱턴|뉴욕|도쿄|베이징|런던|파리|
北京|上海|台北|高雄|台中|台南|新北|桃園|香港|华盛顿|華盛頓|纽约|紐約|伦敦|倫敦|东京|東京|巴黎|柏林|首尔|莫斯科|
ロンドン|ワシントン|ニューヨーク|パリ|北京|ソウル|モスクワ|ベルリン|ジュネーブ|ブリュッセル|
"""


def _read(text: str) -> frozenset[str]:
    return frozenset(
        one.strip().casefold() for one in text.replace("\n", "").split("|") if one.strip()
    )


REGIONS = _read(_REGIONS) | frozenset(name.rstrip(".") for name in _read(_REGIONS))
CITIES = _read(_CITIES)
_NEAR = ("near ", "outside ", "north of ", "south of ", "east of ", "west of ", "in ", "aboard ")
_SMALL = frozenset(
    {
        "of",
        "and",
        "the",
        "de",
        "del",
        "la",
        "le",
        "du",
        "am",
        "an",
        "der",
        "sur",
        "es",
        "do",
        "da",
        "near",
        "in",
        "on",
    }
)


def is_region(name: str) -> bool:
    """Say whether a name stands after a city: a state, a province, a country."""
    key = name.strip().casefold()
    return key in REGIONS or key.rstrip(".,") in REGIONS


def is_country(name: str) -> bool:
    """Say whether a name is that of a region or a country and of no city."""
    key = name.strip(" .,").casefold()
    return is_region(key) and key not in CITIES


@lru_cache(maxsize=4096)  # each form asks it of the same words
def is_place(name: str) -> bool:
    """Say whether a name is a city or region known here, with or without its region."""
    text = name.strip(" .,").casefold()
    for opening in _NEAR:
        text = text.removeprefix(opening)
    if text in CITIES or is_region(text):
        return True
    _head, comma, tail = text.partition(",")
    return bool(comma) and is_region(tail)


_DOTTED = pattern_of(r"(?:[A-Z]\.){2,}|(?:[A-Z]\.)+[A-Z]")


def display_place(name: str) -> str:
    """Turn ``LA CROSSE, Wis.`` into ``La Crosse, Wis.``; names in mixed case stay."""
    words: list[str] = []
    for word in name.split():
        after_comma = words[-1].endswith(",") if words else " " not in name
        code = len(word.strip(".,")) == 2 and after_comma and is_region(word)  # noqa: PLR2004 - "Orange, CA"
        if not word.isupper() or code or _DOTTED.fullmatch(word.strip(",")):
            words.append(word)
        elif words and word.casefold() in _SMALL:
            words.append(word.casefold())
        else:
            words.append("-".join(map(_calm, word.split("-"))))
    return " ".join(words)


def _calm(part: str) -> str:
    """Keep the first letter of a shouted word; ``(ROME)`` and ``L'AQUILA`` have it further in."""
    start = len(part) - len(part.lstrip("(["))
    if (
        part[start : start + 1].casefold() in {"d", "l", "o"}
        and part[start + 1 : start + 2] in "'’"
    ):
        start += 2 * (len(part) > start + 3)
    return part[: start + 1] + part[start + 1 :].casefold()
