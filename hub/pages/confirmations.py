"""What is said after a step is done; the address carries only the key, never what was written."""

from collections.abc import Mapping

CONFIRMATIONS: Mapping[str, str] = {
    "acknowledged": "Överlämningen är mottagen. Ärendet är nu ditt.",
    "answered": "Enhetens svar är sparat.",
    "assessed": "Den gemensamma bedömningen är sparad.",
    "called": "Hubben är kallad. Enheterna har fått besked.",
    "closed": "Ärendet är avslutat i hubben.",
    "concluded": "Utredningen är avslutad.",
    "corrected": "Uppgifterna om barnet är rättade.",
    "decided": "Beslutet är sparat.",
    "deputy": "Ersättaren är utsedd och har fått besked.",
    "explained": "Fristbrottet är förklarat.",
    "feedback": "Återkopplingen är antecknad.",
    "feedback-requested": "Anmälarens begäran är antecknad.",
    "handed-over": "Underlaget är överlämnat till utredningen.",
    "held": "Hubbmötet är antecknat.",
    "informed": "Informationen till berörda är antecknad.",
    "level": "Nivån är sparad.",
    "lowering": "Sänkningen är prövad.",
    "mapped": "Den gemensamma kartläggningen är sparad.",
    "noted": "Anteckningen är sparad.",
    "approved": "Versionen är godkänd och börjar gälla på den valda tiden.",
    "proposed": "Förslaget är framlagt. Någon annan än du behöver godkänna det.",
    "rejected": "Versionen är avvisad.",
    "protected": "Skyddsbedömningen är sparad.",
    "questions": "Svaren är sparade och reglerna har körts på nytt.",
    "replied": "Svaret är sparat.",
    "requested": "Begäran är antecknad.",
    "unit-added": "Enheten är kallad.",
    "logged-out": "Du är utloggad.",
}
