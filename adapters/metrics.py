"""Measures for Prometheus, in a registry of their own; numbers and kinds, never a case."""

from collections.abc import Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from workflows.vigil_ports import Kind

_LATE = (1, 5, 15, 30, 60, 300, 900, 3600, 14400)


class Metrics:
    """What the program counts about itself."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._lateness = self._histogram(
            "hub_sweep_lateness_seconds",
            "How long after its moment a deadline or a warning was raised.",
        )
        self._overdue = self._gauge("hub_overdue_clocks", "Clocks that are breached and open.")
        self._dead = self._gauge("hub_dead_letters", "Messages that were given up.")
        self._unpromised = self._gauge(
            "hub_unpromised_cases", "Open cases that nobody will be told about; must be 0."
        )
        self._found = Gauge(
            "hub_findings",
            "What the watchdog finds not as promised, by kind; must be 0.",
            ["kind"],
            registry=self._registry,
        )
        self._store = self._gauge("hub_store_reached", "1 when the database answered just now.")
        self._undelivered = self._gauge(
            "hub_oldest_undelivered_seconds", "Age of the oldest message still under way."
        )
        self._delivered = self._histogram(
            "hub_delivery_lateness_seconds",
            "How long after its cause a message was handed over, by way out.",
            ["way"],
        )
        self._classified = Counter(
            "hub_classifications",
            "Concerns classified, by proposed level.",
            ["level"],
            registry=self._registry,
        )
        self._disagreed = Counter(
            "hub_engine_disagreements",
            "Classifications where the two engines differed.",
            registry=self._registry,
        )

    def raised(self, lateness: float) -> None:
        """An alarm was raised `lateness` seconds after its moment."""
        self._lateness.observe(max(lateness, 0.0))

    def delivered(self, way: str, lateness: float) -> None:
        """A message was handed over `lateness` seconds after it was written."""
        self._delivered.labels(way=way).observe(max(lateness, 0.0))

    def undelivered(self, seconds: float) -> None:
        """How old the oldest message still under way is; 0 when there is none."""
        self._undelivered.set(seconds)

    def watched(self, *, overdue: int, dead_letters: int, unpromised: int) -> None:
        """What the watchdog counted."""
        self._overdue.set(overdue)
        self._dead.set(dead_letters)
        self._unpromised.set(unpromised)

    def found(self, counts: Mapping[str, int]) -> None:
        """What the watchdog finds now, by kind; every other kind is 0."""
        for kind in Kind:
            self._found.labels(kind=kind.value).set(counts.get(kind.value, 0))
        self._store.set(1)

    def unreached(self) -> None:
        """The database did not answer: what was found last may no longer be so."""
        self._store.set(0)

    def classified(self, level: str, *, agree: bool) -> None:
        """The engines have given a level."""
        self._classified.labels(level=level).inc()
        if not agree:
            self._disagreed.inc()

    def exposition(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self._registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(name, what, registry=self._registry)

    def _histogram(self, name: str, what: str, labels: Sequence[str] = ()) -> Histogram:
        return Histogram(name, what, labels, buckets=_LATE, registry=self._registry)
