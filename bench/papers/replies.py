"""Invents what public bodies answer. Every body, person and figure is made up.

A `Doc` is a text (letter, notice, page), a `Book` is a workbook. Each knows its facts: which maker it names, what it
says of it and how many, as a careful reader would put it down. The same seed gives the same texts.
"""
import datetime
from dataclasses import dataclass, field

# How a maker is written in real papers; the same thing under many names.
WRITTEN = {
    "hikvision": ["Hikvision", "HIKVISION", "Hikvision", "HikVision", "Hik Vision"],
    "dahua": ["Dahua", "Dahua", "DAHUA", "Dahua Technology"],
    "uniview": ["Uniview", "Uniview"],
}
MODELS = {
    "hikvision": ["DS-2CD2143G2-I", "DS-2CD2347G2-LU", "DS-7616NI-K2/16P", "DS-2DE4425IW-DE"],
    "dahua": ["DH-IPC-HFW2431SP-S-S2", "IPC-HDBW2431EP-S", "NVR4216-16P-4KS2"],
    "uniview": ["IPC3614SB-ADF28KM-I0"],
}
OTHERS = {"axis": ["Axis P3245-LVE", "Axis M3085-V"], "bosch": ["Bosch FLEXIDOME 5100i"], "hanwha": ["Hanwha XNV-8080R"]}

PLACES = """Marlcombe Wenlow Eastmere Brackenford Hollingmoor Thornaby-under-Lyde Sallowby Ashcombe Northmere Lowmoor Wexcombe
Cranholt Dunswick Farleymoor Greywater Hexcombe Inverlorn Kelbrook Larchester Middlewold Netherby-on-Sea Oakhollow Penwarden
Quarnford Ravensholt Stanbury-le-Moor Tillingmere Uppercote Veldon Withernholme""".split()
KINDS = ["Borough Council", "District Council", "County Council", "City Council", "NHS Foundation Trust", "Constabulary", "Fire and Rescue Authority", "University", "Academy Trust"]
SITES = ["Civic Centre", "Central Library", "Leisure Centre", "Highways Depot", "Market Hall", "Crematorium", "Multi-storey Car Park", "Bus Station", "Town Hall", "Museum", "Sheltered Housing Block", "Waste Transfer Station"]
TEAMS = ["Information Governance Team", "FOI Officer", "Customer Relations", "Corporate Records Unit", "Disclosure Officer"]
FIRMS = ["Example Fire and Security Ltd", "Northlight Systems Ltd", "Keystone Electrical (Example) Ltd", "Beacon Facilities Ltd"]
NOISE = [
    ("Street lighting columns", "The number of street lighting columns replaced in the year was 412. The cost of each replacement was on average £1,240."),
    ("Pothole claims", "We received 318 claims for damage to vehicles. 44 were settled and the total paid was £21,906."),
    ("Agency staff", "Spend on agency staff in the Planning department was £86,400. No consultants were engaged for longer than six months."),
    ("School meals", "The contract for school meals was awarded for three years with an option to extend by two."),
    ("Library opening hours", "Opening hours were reduced at four branches in April. A public consultation was held beforehand."),
    ("Fly tipping", "There were 1,207 reports of fly tipping. Eleven fixed penalty notices were issued."),
]


@dataclass(frozen=True)
class Fact:
    """What the paper says of a maker. `count` is None where it gives no number for the whole."""

    maker: str
    stance: str
    count: int | None = None


@dataclass
class Doc:
    title: str
    body: str
    date: datetime.date
    blocks: list = field(default_factory=list)  # ("h" | "p", text) or ("table", rows)
    facts: list = field(default_factory=list)
    header: str = ""
    comment: str = ""

    def add(self, text):
        self.blocks.append(("p", text))

    def table(self, rows):
        self.blocks.append(("table", rows))


@dataclass
class Book:
    title: str
    body: str
    date: datetime.date
    sheets: list = field(default_factory=list)  # (name, rows)
    facts: list = field(default_factory=list)


class Replies:
    """Draws papers from a `random.Random`."""

    def __init__(self, chance):
        self.chance = chance
        self.number = 1000

    def one(self, of):
        return self.chance.choice(of)

    def maker(self):
        return self.chance.choices(["hikvision", "dahua", "uniview"], [60, 32, 8])[0]

    def name(self, maker):
        return self.one(WRITTEN[maker])

    def start(self, title="Freedom of Information Act 2000"):
        self.number += 1
        body = f"{self.one(PLACES)} {self.one(KINDS)}"
        day = datetime.date(2021, 1, 4) + datetime.timedelta(days=self.chance.randrange(1400))
        doc = Doc(title, body, day, header=f"{body}: reply {self.number}")
        doc.blocks += [("h", f"{title}: request {self.number}"), ("p", body), ("p", f"{day.day} {day:%B %Y}"), ("p", "Dear requester,")]
        doc.add(self.one([
            "Thank you for your request for information, which has been handled under the Freedom of Information Act 2000.",
            "I write in response to your recent request. Our reply to each of your questions is below.",
            "Further to your e-mail, please find our response.",
        ]))
        return doc

    def end(self, doc):
        doc.add("If you are unhappy with how your request was handled you may ask for an internal review within 40 working days.")
        doc.add("Yours sincerely,")
        doc.add(self.one(TEAMS))
        return doc

    # --- letters ---

    def answers(self):
        """Numbered questions and answers; the makers stand in the answers."""
        doc, maker = self.start(), self.maker()
        count, total = self.chance.randrange(2, 90), self.chance.randrange(100, 600)
        name = self.name(maker)
        doc.add("Q1. How many CCTV cameras does your organisation operate?")
        doc.add(f"A1. {total} cameras are in operation.")
        doc.add("Q2. Who made them, and how many are there of each make?")
        doc.add(f"A2. {count} of the cameras are made by {name}. The rest are made by Axis and Bosch.")
        doc.add("Q3. What did the most recent upgrade cost?")
        doc.add(f"A3. £{self.chance.randrange(4, 90)},{self.chance.randrange(100, 999)} excluding VAT.")
        doc.facts.append(Fact(maker, "has", count))
        return self.end(doc)

    def has(self):
        doc, maker = self.start(), self.maker()
        count, name, site = self.chance.randrange(2, 120), self.name(maker), self.one(SITES)
        doc.add(self.one([
            f"We operate {count} {name} cameras at the {site}.",
            f"The {site} has {count} {name} cameras, which were installed by {self.one(FIRMS)}.",
            f"I can confirm that there are currently {count} {name} cameras in use at the {site}.",
            f"A total of {count} {name} CCTV cameras are installed across our sites, including the {site}.",
        ]))
        doc.add("The system is maintained under a contract that is reviewed each year.")
        doc.facts.append(Fact(maker, "has", count))
        return self.end(doc)

    def makes(self):
        """A table of makes with numbers."""
        doc = self.start()
        doc.add("The number of cameras of each make is as follows.")
        rows = [["Manufacturer", "Number of cameras", "Location"]]
        for maker in self.chance.sample(["hikvision", "dahua", "uniview"], self.chance.randrange(1, 4)):
            count = self.chance.randrange(2, 80)
            rows.append([self.name(maker), str(count), self.one(SITES)])
            doc.facts.append(Fact(maker, "has", count))
        rows.append(["Axis", str(self.chance.randrange(2, 60)), self.one(SITES)])
        doc.table(rows)
        return self.end(doc)

    def denies(self):
        doc, maker = self.start(), self.maker()
        name = self.name(maker)
        doc.add(self.one([
            f"We do not use {name} cameras at any of our premises.",
            f"The organisation does not own or operate any {name} equipment.",
            f"No {name} cameras are in use on our estate.",
        ]))
        doc.facts.append(Fact(maker, "denies"))
        return self.end(doc)

    def removed(self):
        doc, maker = self.start(), self.maker()
        name = self.name(maker)
        doc.add(self.one([
            f"All {name} cameras were removed from our buildings in {self.one(['March', 'June', 'October'])} {doc.date.year - 1}.",
            f"The {name} cameras at the {self.one(SITES)} have been removed and disposed of.",
        ]))
        doc.add("They were replaced with cameras made by Axis.")
        doc.facts.append(Fact(maker, "removed"))
        return self.end(doc)

    def planned(self):
        doc, maker = self.start(), self.maker()
        name, count = self.name(maker), self.chance.randrange(3, 70)
        doc.add(self.one([
            f"The {count} {name} cameras at the {self.one(SITES)} will be replaced by the end of {doc.date.year + 1}.",
            f"We plan to remove all {count} {name} cameras during {doc.date.year + 1}.",
        ]))
        doc.facts.append(Fact(maker, "planned_removal", count))
        return self.end(doc)

    def refuses(self):
        doc, maker = self.start(), self.maker()
        name = self.name(maker)
        doc.add(self.one([
            f"We can neither confirm nor deny whether we use {name} cameras, by virtue of section 31(3) of the Act.",
            f"We cannot say how many of our cameras are made by {name}: to find out would exceed the appropriate limit under section 12 of the Act.",
        ]))
        doc.facts.append(Fact(maker, "refuses"))
        return self.end(doc)

    def prohibits(self):
        doc, maker = self.start("Policy note"), self.maker()
        doc.add(f"With immediate effect no new {self.name(maker)} equipment may be purchased or installed on any site.")
        doc.facts.append(Fact(maker, "prohibits"))
        return self.end(doc)

    def noted(self):
        """The fact stands in a comment that someone left in the margin."""
        doc, maker = self.start(), self.maker()
        count = self.chance.randrange(2, 40)
        doc.add("The make of the cameras is recorded by our contractor.")
        doc.comment = f"{self.one(SITES)}: {count} {self.name(maker)} cameras in use, see the asset register."
        doc.facts.append(Fact(maker, "has"))
        return self.end(doc)

    def other(self):
        """A reply that is about something else: no maker, nothing to find."""
        subject, text = self.one(NOISE)
        doc = self.start(subject)
        doc.add(text)
        doc.add("Some of the information is exempt under section 40(2) of the Act as it is personal data.")
        return self.end(doc)

    def letter(self):
        makers = [self.answers, self.has, self.makes, self.denies, self.removed, self.planned, self.refuses, self.prohibits]
        return self.chance.choices([*makers, self.other], [14, 18, 14, 8, 8, 8, 8, 3, 19])[0]()

    # --- tables ---

    def assets(self, rows=0):
        """An asset register: one device a row, by model."""
        place = self.one(PLACES)
        body, day = f"{place} {self.one(KINDS)}", datetime.date(2023, 3, 31)
        maker = self.maker()
        kind = [maker] * 3 + ["axis", "hanwha"]
        lines = [["Asset", "Location", "Make", "Model", "Status", "Installed"]]
        for n in range(rows or self.chance.randrange(10, 60)):
            it = maker if n == 0 else self.one(kind)
            model = self.one(MODELS.get(it) or [OTHERS[it][0].split(" ", 1)[1]])
            lines.append([f"CAM-{n + 1:04}", f"{place} {self.one(SITES)}", it.title(), model, "In use", f"{2016 + n % 7}-0{n % 9 + 1}-14"])
        return Book("Asset register", body, day, [("Cameras", lines), ("Notes", [["Prepared by Estates"], ["Reviewed each year in March"]])], [Fact(maker, "has")])

    def spend(self, rows=0):
        """Payments over £500; most have nothing to do with cameras."""
        body, day = f"{self.one(PLACES)} {self.one(KINDS[:4])}", datetime.date(2022, 6, 30)
        lines = [["Body", "Date", "Supplier", "Amount", "Description"]]
        facts = []
        total = rows or self.chance.randrange(30, 200)
        at = self.chance.randrange(total)
        for n in range(total):
            text = self.one(["Grounds maintenance", "Agency staff", "Postage", "Window cleaning", "Software licence", "Skip hire", "Taxi contract, school transport"])
            if n == at:
                maker, count = self.maker(), self.chance.randrange(2, 30)
                text = self.one([f"Supply and fit {count} x {self.name(maker)} dome cameras", f"{count} no. {self.name(maker)} CCTV cameras, {self.one(SITES)}"])
                facts.append(Fact(maker, "has", count))
            lines.append([body, f"2022-06-{n % 28 + 1:02}", self.one(FIRMS), f"{self.chance.randrange(500, 9000)}.{n % 90 + 10}", text])
        return Book("Payments to suppliers", body, day, [("June 2022", lines)], facts)

    def log(self):
        """A disclosure log: one request a row."""
        body = f"{self.one(PLACES)} {self.one(KINDS)}"
        lines, facts = [["Reference", "Received", "Request", "Response"]], []
        for n in range(self.chance.randrange(4, 14)):
            subject, text = self.one(NOISE)
            lines.append([f"FOI-{n + 300}", f"2023-02-{n + 1:02}", subject, text])
        maker, count = self.maker(), self.chance.randrange(2, 60)
        lines.append(["FOI-399", "2023-02-27", "CCTV cameras", f"We have {count} {self.name(maker)} cameras in use."])
        facts.append(Fact(maker, "has", count))
        return Book("Disclosure log", body, datetime.date(2023, 2, 28), [("Log", lines)], facts)

    def book(self):
        return self.chance.choices([self.assets, self.spend, self.log], [40, 40, 20])[0]()
