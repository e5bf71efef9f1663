"""The hub's own past concerns, for those who answer for the rules; every case read is logged."""

from rules.errors import NotAllowed
from rules.language.vocabulary import Vocabulary
from rules.people import Actor, Role
from workflows.movement import moment_of
from workflows.past_concerns import Gather, PastConcerns
from workflows.ports import Office
from workflows.reading import log_cases

REPLAY = "spela om regler"
# Whoever can run the program on its own machine; the log says that it was done there.
REPLAYER = Actor(id="kommandoraden", name="hub rules replay", roles=frozenset({Role.RULE_OWNER}))


def read_history(
    office: Office, actor: Actor, words: Vocabulary, *, gather: Gather
) -> PastConcerns:
    """Every case as it was first classified, named by its number, with what the words know of it.

    The look is one line in the access log with every case in it, written before anything is used.
    """
    if not actor.has(Role.RULE_OWNER, Role.MANAGER):
        raise NotAllowed
    moment = moment_of(office, actor)
    with office.uow() as work:
        cases = tuple(work.history.first_classified())
        log_cases(work, moment, [case.case_id for case in cases], action=REPLAY)
        work.commit()
    return gather((case.concern for case in cases), words)
