"""The running text of the sample site's pages, as HTML."""

HOME = """<section class="hero"><h1>Forty firms, one harbour.</h1>
<p>Since 1871 the Guild has brought together those who build, carry, cook and repair around
Wrenmouth harbour, and those who trade with them from across the water.</p>
<p><a href="/members/">Find a member</a> · <a href="/contact/">Write to us</a></p></section>
<h2>Our newest members</h2>"""

ABOUT = """<h1>About the Guild</h1>
<p>Five chandlers and a baker founded the Guild so that nobody had to buy rope twice. Today it runs
the quay's cranes, the spring fair, and this directory.</p>
<p>Its archive keeps <a href="/archive/founders.html">the letters of the founders' heirs</a>, in the
spelling and in the encoding of their time.</p>
<p>People: <a href="/team/office/">the office</a>, <a href="/team/council/">the council</a>,
<a href="/team/pilots/">the pilots</a>, <a href="/team/juniors/">the junior guild</a>.</p>"""

NEWS = """<h1>News from the quay</h1>
<div class="panel"><h3><a href="/news/spring-fair/">Spring fair: all stands taken</a></h3>
<p>Two hundred visitors more than last year, and not one wet catalogue.</p></div>
<p>Farewell: <a href="/members/old-quay-chandlers/">Old Quay Chandlers</a> has left the Guild.
</p>"""

FAIR = """<h1>Spring fair: all stands taken</h1>
<p>The fair opens on the first Saturday in May at 10 am. Doors close at 18:00; halls A to D.
Tickets 12.50 at the door, order number 2026-0501-77.</p>
<p>Write to <a href="mailto:fair@wrenmouth-guild.example.org">fair@wrenmouth-guild.example.org</a>.
</p>"""

PRIVACY = """<h1>Privacy</h1>
<p>We show of our members what they asked us to show. To be taken off, write to
<a href="mailto:privacy@wrenmouth-guild.example.org">privacy@wrenmouth-guild.example.org</a>.</p>"""

CONTACT = """<h1>Contact</h1>
<div class="panel"><p>Wrenmouth Harbour Trade Guild<br>1 Pilot's Stairs, Wrenmouth BS1 4RW</p>
<p>Office hours: Mon–Fri 9–16 h. Phone <a href="tel:+441174960100">0117 496 0100</a>, e-mail
<a href="mailto:office@wrenmouth-guild.example.org">office@wrenmouth-guild.example.org</a></p>
</div>"""

IMPRINT = """<h1>Imprint</h1>
<p>Wrenmouth Harbour Trade Guild<br>1 Pilot's Stairs, Wrenmouth BS1 4RW, United Kingdom</p>
<p>Telephone: 0117 496 0100<br>E-mail: office@wrenmouth-guild.example.org<br>
VAT GB000 0000 00 · Register no. 00000000</p>"""

FOUNDERS = """<h1>The founders' heirs</h1>
<p>Their letters stand here as they came. Whoever wants to answer finds the addresses below.</p>"""

MINUTES = """<h1>Minutes of the council</h1>
<p>For members' eyes only; robots.txt asks every robot to stay away from here.</p>"""

TIDES = """<h1>Tide table</h1><p>The gauge does not answer. Please come again at low water.</p>"""
