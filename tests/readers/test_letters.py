"""An older encoding is told by the names it spells, in many rows or in few of them."""

from pathlib import Path
from random import Random

import pytest

from pipeline.readers.encoding import detect_encoding, transcode

NAMES = {
    "cp1252": "Günther Späth;Hélène Crépin;José Muñiz;Søren Kjærgaard;Göran Lövgren;João Brandão",
    "latin-1": "Ángela Quiñones;Rüdiger Kühn;Chloë Durère;Mário Falcão;Bjørk Håland;Käthe Böll",
    "iso8859-15": "Benoît Lecœur;Zoé Œuvrard;Gérard Lacœuille;André Sœurette;Hélène Mœglin",
    "mac_roman": "Jürgen Größ;Hélène Lévêque;José Ibáñez;Märta Sjöström;François Noël;Úrsula Núñez",
    "cp850": "João Simões;Jürgen Bähr;Søren Østergaard;Úrsula Ávila;Müller Großkopf;Åsa Ödman",
    "cp437": "Jürgen Bähr;Hélène Préval;José Ordóñez;Märta Björk;Françoise Léger;Raúl Muñoz",
    "cp1250": "Łucja Pietrzyk;Michał Świerczek;Jiří Havlíček;Gyöngyi Kőrösi;Đuro Kovačić",
    "iso8859-2": "Łucja Pietrzyk;Grzegorz Dąbek;Jiří Havlíček;Šimon Kubíček;Paweł Żukowski",
    "cp1251": "Артём Белоусов;Ксения Крылова;Виктор Щербаков;Полина Жукова;Тарас Гриценко",
    "koi8-r": "Артём Белоусов;Ксения Крылова;Виктор Щербаков;Полина Жукова;Игорь Цветков",
    "cp1253": "Κυριάκος Μητσοτάκης;Ευτυχία Ζαχαρίου;Άγγελος Φωτίου;Χαράλαμπος Τσίπρας",
    "cp1254": "Çetin Özgür;Şule Işıldak;Tuğrul Gürbüz;Yağmur Kılınç;İlknur Şener;Nazlı Akgün",
    "cp1255": "שירה גולן;אורי ברק;יונתן שפירא;הילה אלון;רון שגב;מאיה דרור",
    "cp1256": "طارق الحسيني;ليلى منصور;كريم عبد العزيز;رنا الخطيب;هشام قاسم;نادية فاروق",
    "cp1257": "Gintarė Vaičiūnaitė;Raimonds Vējš;Ojārs Šķērsts;Džiugas Čepėnas;Viļņa Āboliņa",
    "cp932": "河野太一;松井恵理;安藤健吾;桜井ゆうこ;マイケル;平野正樹;株式会社オオタ",
    "euc_jp": "河野太一;松井恵理;安藤健吾;桜井ゆうこ;マイケル;平野正樹;千葉県柏市",
    "gb18030": "谢晓峰;欧阳娜;唐佳怡;孔令辉;上海浦东新区;深圳华为技术;潘石屹",
    "cp950": "謝曉峰;歐陽娜;唐佳怡;賴清德;蔡宜靜;臺中市西區;新北市板橋區",
    "euc_kr": "김태희;홍길동;유재석;이효리;송중기;부산광역시 해운대구;백종원",
}


def _table(names: str, share: float) -> str:
    random = Random(3)
    rows = ["name,email,city"]
    for number in range(600):
        known = names.split(";") if random.random() < share else ["Ann Lee", "Bob Ray"]
        rows.append(f"{random.choice(known)},p{number}@example.com,Town")
    return "\r\n".join(rows)


@pytest.mark.parametrize("share", [0.5, 0.05])
@pytest.mark.parametrize("encoding", NAMES)
def test_the_encoding_of_names_is_guessed_and_told_to_be_a_guess(
    tmp_path: Path, encoding: str, share: float
) -> None:
    table = _table(NAMES[encoding], share)
    (tmp_path / "given.csv").write_bytes(table.encode(encoding))
    found = detect_encoding(tmp_path / "given.csv")
    assert found.guessed
    assert table.encode(encoding).decode(found.name) == table
    scores = [guess.score for guess in found.ranked]
    assert scores == sorted(scores, reverse=True)
    assert found.ranked[0].name == found.name


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("names", ["cp1252", "cp1251", "gb18030"])
def test_wide_encodings_are_told_without_a_mark(tmp_path: Path, encoding: str, names: str) -> None:
    table = _table(NAMES[names], 0.9)
    (tmp_path / "given.csv").write_bytes(table.encode(encoding))
    assert detect_encoding(tmp_path / "given.csv").name == encoding


def test_a_country_speaks_for_its_languages(tmp_path: Path) -> None:
    table = "name;country\n" + "Peńa;PL\nBańka;PL\n"
    (tmp_path / "given.csv").write_bytes(table.encode("cp1250"))
    assert detect_encoding(tmp_path / "given.csv").name == "cp1250"


def test_files_glued_together_lose_no_name(tmp_path: Path) -> None:
    (tmp_path / "given.csv").write_bytes("é\n".encode() * 50 + "Jürgen\n".encode("cp1252"))
    found = detect_encoding(tmp_path / "given.csv")
    copied = transcode(tmp_path / "given.csv", tmp_path / "copy.csv", found.name)
    assert (tmp_path / "copy.csv").read_text("utf-8").endswith("Jürgen\n")
    assert copied.undecodable == 1
