"""What columns are called in languages of the Latin script besides English, by language and field.

A line names a field and its words, the surest first; a field may have several lines. The field
``custom`` holds words that look like another field's and are none.
"""

from collections.abc import Mapping

LATIN: Mapping[str, str] = {
    "de": """
name vollständiger Name, Vor- und Nachname, Vorname Nachname, Name Vorname, Kontaktname
name Ansprechpartner, Ansprechpartnerin, Name Ansprechpartner, Ansprechpartner Name, Kontaktperson
name Kontakt, Kunde, Kundenname, Interessent
given_name Vorname, Rufname
surname Nachname, Familienname, Zuname
email E-Mail-Adresse, Mailadresse, Mail Adresse, E-Mail geschäftlich, E-Mail privat, Emailadresse
phone Telefon, Telefonnummer, Rufnummer, Handy, Handynummer, Mobil, Mobilnummer, Mobiltelefon
phone Telefon geschäftlich, Telefon privat, Festnetz, Festnetznummer, Tel. Nr., Tel.-Nr., Durchwahl
phone Haupttelefon, Weiteres Telefon, Autotelefon, Telefon Firma, Mobilfunknummer, Mobilfunk, Fon
company Firma, Firmenname, Unternehmen, Unternehmensname, Organisationsname, Arbeitgeber, Betrieb
company Gesellschaft, Name der Firma, Name des Unternehmens
title Position, Berufsbezeichnung, Stellenbezeichnung, Funktion, Jobtitel, Beruf, Stelle, Rolle
title Titel
website Webseite, Internetseite, Internet, Homepage, Website, Internetadresse, Webadresse
address Adresse, Straße, Anschrift, Straße und Hausnummer, Rechnungsadresse, Lieferadresse
address Firmenadresse, Straße Nr., Straße Hausnummer, Straße geschäftlich, Postanschrift
address Postadresse
city Stadt, Ort, Wohnort, Ort geschäftlich, Ortschaft, Gemeinde
postcode PLZ, Postleitzahl
region Bundesland, Kanton, Region geschäftlich
country Land, Land/Region, Land geschäftlich, Staat
source Leadquelle, Quelle, Herkunft, Lead-Quelle, Herkunftskanal
status Leadstatus, Lead-Status, Kontaktstatus
notes Notizen, Notiz, Bemerkung, Bemerkungen, Kommentar, Kommentare, Anmerkung, Anmerkungen
notes Beschreibung, Nachricht
custom Anrede, Abteilung, Branche, Geburtstag, Geburtsdatum, Weitere Vornamen, Namenszusatz
custom Hausnummer, Kundennummer, Benutzername, Ländercode, Geschlecht, Sprache, Umsatz
""",
    "fr": """
name Nom complet, Nom et prénom, Nom prénom, Prénom et nom, Prénom nom, Contact nom, Nom du contact
name Interlocuteur, Nom du client, Client, Nom
given_name Prénom, Prénoms
surname Nom de famille, Nom d'usage
email Adresse e-mail, Courriel, Adresse mail, Adresse électronique, Adresse de messagerie, Mél
email Messagerie, Courrier électronique, E-mail professionnel
phone Téléphone, Numéro de téléphone, Téléphone portable, Portable, Tél. portable, N° de téléphone
phone Téléphone fixe, Tél. fixe, Téléphone mobile, Tél. mobile, Téléphone professionnel, Fixe
phone Téléphone (bureau), Téléphone (domicile), Num tél, N° tél, Numéro
company Entreprise, Société, Nom de l'entreprise, Raison sociale, Nom de la société, Organisme
company Employeur, Établissement
title Poste, Fonction, Intitulé du poste, Titre du poste, Titre, Métier, Profession
website Site web, Site internet, Page web, Site, Adresse web
address Adresse postale, Rue, Adresse complète, Voie
city Ville, Commune, Localité
postcode Code postal, CP
region Département, Région
country Pays, Pays/Région
source Source du lead, Provenance, Origine
status Statut du lead, Statut, État du lead
notes Remarques, Remarque, Commentaire, Commentaires, Observations, Description
custom Civilité, Secteur, Date de naissance, Deuxième prénom, Service, Langue, Télécopie
custom Nom d'utilisateur, Code pays, Effectif, Chiffre d'affaires, Sexe
""",
    "es": """
name Nombre completo, Nombre y apellido, Nombre y apellidos, Nombre de contacto, Contacto
name Nombre del contacto, Persona de contacto, Cliente, Nombre del cliente, Nombre
given_name Nombre de pila, Primer nombre, Nombres
surname Apellido, Apellidos, Primer apellido
email Correo electrónico, Correo, Dirección de correo electrónico, Dirección de correo
email Correo electrónico de trabajo, Email corporativo, Correo corporativo
phone Teléfono, Número de teléfono, Móvil, Celular, Teléfono móvil, Teléfono fijo, Teléfono celular
phone Teléfono del trabajo, Número de celular, Número de móvil, Fijo
company Empresa, Compañía, Nombre de la empresa, Razón social, Organización, Nombre empresa
title Cargo, Puesto, Puesto de trabajo, Título, Título del puesto, Profesión, Ocupación
website Sitio web, Página web, Web, Sitio, Dirección web
address Dirección, Calle, Domicilio, Dirección postal
city Ciudad, Localidad, Población, Municipio
postcode Código postal, CP
region Provincia, Comunidad autónoma, Estado o provincia, Estado/Provincia, Región, Estado
country País, País o región, País/región
source Fuente del lead, Fuente, Origen, Origen del lead, Procedencia
status Estado del lead, Estatus, Estado del contacto
notes Notas, Nota, Comentarios, Comentario, Observaciones, Descripción, Mensaje
custom Tratamiento, Segundo apellido, Segundo nombre, Sector, Fecha de nacimiento, Departamento
custom Idioma, Género, Usuario, Código de país, Ingresos
""",
    "it": """
name Nome completo, Nome e cognome, Cognome e nome, Nominativo, Nome cognome, Referente, Contatto
name Nome contatto, Cliente, Nome cliente, Nome
given_name Nome proprio
surname Cognome
email Indirizzo email, Posta elettronica, Indirizzo mail, Indirizzo di posta elettronica, PEC
email Indirizzo e-mail, Indirizzo posta elettronica
phone Telefono, Numero di telefono, Cellulare, Telefono cellulare, Recapito telefonico, Ufficio
phone Abitazione, Telefono fisso, Numero cellulare, Recapito, Telefono ufficio, Numero telefono
company Azienda, Società, Ragione sociale, Nome azienda, Ditta, Impresa, Nome dell'azienda
title Ruolo, Qualifica, Posizione, Mansione, Posizione lavorativa, Professione, Titolo
website Sito web, Sito, Sito internet, Pagina web
address Indirizzo, Via, Indirizzo postale
city Città, Comune, Località
postcode CAP, Codice postale
region Provincia, Regione
country Paese, Nazione, Paese/Area geografica
source Fonte, Origine, Provenienza, Fonte del lead, Origine lead
status Stato del lead, Stato lead, Stato contatto, Stato
notes Note, Nota, Commenti, Osservazioni, Commento, Descrizione, Messaggio
custom Secondo nome, Settore, Data di nascita, Reparto, Lingua, Sesso, Partita IVA, Codice fiscale
""",
    "nl": """
name Volledige naam, Naam, Contactpersoon, Naam contactpersoon, Klantnaam, Klant
given_name Voornaam, Roepnaam
surname Achternaam, Familienaam
email E-mailadres, Mailadres, Emailadres, E-mail adres
phone Telefoonnummer, Telefoon, Mobiel, Mobiele telefoon, Mobiel nummer, GSM, Gsm-nummer
phone Vast nummer, Telefoon werk, Telefoon privé, Mobiele nummer, Tel.nr.
company Bedrijf, Bedrijfsnaam, Organisatie, Naam bedrijf, Onderneming, Werkgever
title Functietitel, Functie, Beroep, Rol, Titel
website Webadres, Webpagina, Internetadres
address Adres, Straat, Straat en huisnummer, Straatnaam, Postadres
city Woonplaats, Plaats, Stad, Gemeente, Plaatsnaam
postcode Postcode
region Provincie
country Land, Land/regio
source Bron, Herkomst, Leadbron
status Leadstatus
notes Opmerkingen, Notities, Opmerking, Notitie, Omschrijving, Bericht
custom Aanhef, Tussenvoegsel, Geboortedatum, Afdeling, Middelste naam, Huisnummer, Geslacht, Taal
""",
    "pt": """
name Nome completo, Nome e sobrenome, Nome do contato, Nome do contacto, Contato, Cliente
name Nome do cliente, Nome
given_name Primeiro nome, Nome próprio
surname Sobrenome, Apelido, Último nome
email E-mail corporativo, Endereço de e-mail, Correio eletrónico, Endereço de email
email Correio eletrônico
phone Telefone, Número de telefone, Telemóvel, Celular, Telefone celular, Telefone fixo
phone Número de celular, Telefone comercial, Número de telemóvel
company Empresa, Nome da empresa, Razão social, Organização, Companhia
title Cargo, Função, Título, Profissão, Ocupação
website Site, Site da empresa, Página web, Sítio web, Website
address Endereço, Rua, Morada, Logradouro
city Cidade, Localidade, Município
postcode CEP, Código postal, Código de endereço postal
region Estado, Distrito, UF, Província
country País
source Origem do lead, Origem, Fonte
status Situação, Estado do lead, Status do lead
notes Observações, Comentário, Comentários, Notas, Anotações, Descrição, Mensagem
custom Data de nascimento, Departamento, Setor, Gênero, Idioma, CNPJ, CPF
""",
    "pl": """
name Imię i nazwisko, Pełne imię i nazwisko, Osoba kontaktowa, Nazwisko i imię, Kontakt
given_name Imię
surname Nazwisko
email Adres e-mail, Poczta, Adres email, Poczta elektroniczna, Adres poczty elektronicznej
phone Telefon, Numer telefonu, Telefon komórkowy, Komórka, Nr telefonu, Telefon służbowy, Nr tel.
company Firma, Nazwa firmy, Przedsiębiorstwo, Organizacja, Spółka, Nazwa organizacji
title Stanowisko, Stanowisko pracy, Funkcja, Zawód
website Strona internetowa, Strona www, WWW, Witryna
address Adres, Ulica
city Miasto, Miejscowość
postcode Kod pocztowy
region Województwo
country Kraj, Państwo
source Źródło, Źródło leada, Źródło pozyskania
status Status leada
notes Notatki, Uwagi, Komentarz, Opis, Notatka, Wiadomość
custom Data urodzenia, Branża, Dział, Płeć, Język, NIP
""",
    "sv": """
name Fullständigt namn, Namn, För- och efternamn, Kontaktperson, Kontakt, Kundnamn
given_name Förnamn, Tilltalsnamn
surname Efternamn
email E-postadress, E-post, Epost, Epostadress, Mejl, Mejladress, Mailadress
phone Telefon, Telefonnummer, Mobil, Mobilnummer, Mobiltelefon, Tel.nr, Arbetstelefon
company Företag, Företagsnamn, Bolag, Arbetsgivare
title Befattning, Titel, Roll, Yrke, Jobbtitel, Tjänst
website Webbplats, Hemsida, Webbsida, Webb, Webbadress
address Adress, Gatuadress, Gata, Postadress
city Stad, Ort, Postort
postcode Postnummer, Postnr
region Län
country Land
source Källa, Leadkälla, Ursprung
notes Anteckningar, Kommentarer, Kommentar, Noteringar, Beskrivning, Meddelande
custom Födelsedatum, Avdelning, Bransch, Kön, Språk, Personnummer
""",
    "da": """
name Fulde navn, Navn, Kontaktperson, Kontakt, Kundenavn, For- og efternavn
given_name Fornavn
surname Efternavn
email E-mailadresse, Mailadresse, E-post
phone Telefon, Telefonnummer, Mobil, Mobilnummer, Mobiltelefon, Tlf, Tlf.nr., Tlf nr
company Virksomhed, Firma, Firmanavn, Virksomhedsnavn, Arbejdsgiver
title Stilling, Titel, Jobtitel, Stillingsbetegnelse, Rolle
website Hjemmeside, Websted, Webadresse
address Adresse, Vej, Gade, Gadenavn, Postadresse
city By, Bynavn
postcode Postnummer, Postnr
country Land
source Kilde, Leadkilde, Oprindelse
notes Noter, Bemærkninger, Kommentarer, Kommentar, Beskrivelse, Besked
custom Fødselsdato, Afdeling, Branche, Køn, Sprog
""",
    "no": """
name Fullt navn, Navn, Kontaktperson, Kontakt, Kundenavn, For- og etternavn
given_name Fornavn
surname Etternavn
email E-postadresse, E-post, Epost, Epostadresse
phone Telefon, Telefonnummer, Mobil, Mobilnummer, Mobiltelefon, Tlf, Tlf.nr.
company Bedrift, Firma, Selskap, Firmanavn, Bedriftsnavn, Virksomhet, Arbeidsgiver
title Stilling, Tittel, Jobbtittel, Stillingstittel, Rolle
website Nettsted, Hjemmeside, Nettside, Nettadresse
address Adresse, Gateadresse, Gate, Postadresse
city By, Sted, Poststed
postcode Postnummer, Postnr
region Fylke
country Land
source Kilde, Leadkilde, Opprinnelse
notes Notater, Merknader, Kommentarer, Kommentar, Beskrivelse, Melding
custom Fødselsdato, Avdeling, Bransje, Kjønn, Språk
""",
    "fi": """
name Koko nimi, Nimi, Yhteyshenkilö, Asiakkaan nimi
given_name Etunimi
surname Sukunimi
email Sähköposti, Sähköpostiosoite, S-posti
phone Puhelinnumero, Puhelin, Matkapuhelin, Matkapuhelinnumero, Kännykkä, Puh, Puh.nro
company Yritys, Yrityksen nimi, Organisaatio, Yhtiö, Työnantaja
title Titteli, Tehtävänimike, Asema, Tehtävä, Ammatti
website Verkkosivusto, Verkkosivu, Kotisivu, Verkkosivut, Kotisivut
address Osoite, Katuosoite, Lähiosoite
city Kaupunki, Paikkakunta, Postitoimipaikka, Kunta
postcode Postinumero
region Maakunta, Lääni
country Maa
source Lähde, Liidin lähde
status Tila, Liidin tila
notes Muistiinpanot, Huomautukset, Lisätiedot, Kommentti, Kommentit, Kuvaus, Viesti
custom Syntymäaika, Osasto, Toimiala, Sukupuoli, Kieli
""",
    "cs": """
name Celé jméno, Jméno a příjmení, Kontaktní osoba, Kontakt, Příjmení a jméno, Jméno
given_name Křestní jméno
surname Příjmení
email E-mailová adresa, Emailová adresa
phone Telefon, Telefonní číslo, Mobil, Mobilní telefon, Mobilní číslo
company Firma, Společnost, Název firmy, Organizace, Název společnosti, Podnik
title Pozice, Pracovní pozice, Funkce, Povolání
website Webová stránka, Webové stránky, WWW, Stránky
address Adresa, Ulice, Ulice a číslo
city Město, Obec
postcode PSČ, Poštovní směrovací číslo
region Okres
country Země, Stát
source Zdroj, Zdroj leadu
status Stav, Stav leadu
notes Poznámka, Poznámky, Komentář, Popis, Zpráva
custom Oslovení, Datum narození, Oddělení, Obor, Pohlaví, Jazyk, IČO
""",
    "tr": """
name Ad Soyad, Adı Soyadı, İsim Soyisim, Tam ad, İsim, Yetkili kişi, Müşteri adı
given_name Ad, Adı, İlk ad
surname Soyad, Soyadı, Soyisim
email E-posta, E-posta adresi, Eposta, E-mail adresi
phone Telefon, Telefon numarası, Cep telefonu, Cep, Gsm, Tel no, İş telefonu, Cep no
company Şirket, Firma, Şirket adı, Firma adı, Kurum, Kuruluş
title Ünvan, Unvan, Görev, Pozisyon, Meslek, Görevi
website Web sitesi, İnternet sitesi, Web adresi
address Adres, Sokak, Cadde
city Şehir, İlçe
postcode Posta kodu
region İl, Eyalet, Bölge
country Ülke
source Kaynak, Müşteri kaynağı
status Durum
notes Notlar, Açıklama, Açıklamalar, Yorum, Mesaj, Yorumlar
custom Doğum tarihi, Departman, Sektör, Cinsiyet, Dil
""",
}
