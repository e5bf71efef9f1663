"""What a clock runs from and until."""

from enum import StrEnum

from rules.section import Section, Text


class Milestone(StrEnum):
    """What a clock runs from and until; the fold tells when each was reached."""

    RECEIVED = "inkommen"
    PROTECTION_ASSESSED = "skyddsbedömd"
    LEVEL_CONFIRMED = "nivå_bekräftad"
    CALLED = "hubb_kallad"
    UNIT_ANSWERED = "enhet_svarat"
    MEETING_HELD = "möte_hållet"
    LATE_ANSWER = "svar_efter_mötet"
    REASSESSED = "ombedömd"
    DECIDED = "beslutad"
    OPENED = "utredning_inledd"
    HANDED_OVER_DUE = "överlämning_krävs"
    ACKNOWLEDGED = "mottagen"
    INFORMED = "berörda_informerade"
    CONCLUDED = "utredning_avslutad"
    FEEDBACK_DUE = "återkoppling_begärd"
    FEEDBACK_ASKED_LATER = "återkoppling_begärd_efter_beslut"
    FEEDBACK_DONE = "återkopplad"
    REQUESTED = "uppgift_begärd"
    REPLIED = "uppgift_lämnad"
    BREACHED = "fristbrott"
    EXPLAINED = "fristbrott_förklarat"
    REMEDIED = "åtgärdat"
    CLOSABLE = "klart_att_avsluta"
    CLOSED = "avslutat"
    LOWERING_PROPOSED = "sänkning_föreslagen"
    LOWERING_ANSWERED = "sänkning_besvarad"
    RAISE_PROPOSED = "höjning_föreslagen"
    RAISE_ANSWERED = "höjning_besvarad"


class Occasion(Section):
    """Something that a person notes in the case when it has happened; listed in `occasions`."""

    occasion: Text

    @property
    def value(self) -> str:
        """Its id, as a milestone has one."""
        return self.occasion


Point = Milestone | Occasion
