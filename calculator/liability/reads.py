"""Every assumption the simulation of losses reads."""

from __future__ import annotations

_READ = {
    "frequency": (
        "individual_paid", "defense_only", "hold_without_agreement", "pattern", "under_count", "officer_exponent",
        "reference_officers",
    ),
    "severity": (
        "individual_mu", "individual_sigma", "small_claim", "defense_per_suit", "defense_to_payment",
    ),
    "timing": ("individual_years",),
    "insurance": ("retention_small_county", "limit"),
    "federal": ("indemnity_individual", "indemnity_entity"),
    "coverage": ("injunction_and_monitor",),
    "pattern": (
        "plaintiff_fees", "defense_cost", "monitor_cost", "monitor_years", "outcome.class_payment",
        "outcome.defense_only", "outcome.monitor",
    ),
    "class": (
        "cost_per_person_held", "claim_take_up", "per_person.los_angeles", "per_person.new_york", "per_person.suffolk",
    ),
}  # fmt: skip
READS = frozenset(
    {f"liability.{group}.{name}" for group, names in _READ.items() for name in names}
    | {"liability.maricopa_total"}
)
