"""Proofs for all sizes: obligations for two SMT solvers, and the ledger of the chapter's claims."""

from convproof.prove.facts.obligation import Obligation
from convproof.prove.ledger import prove, select

__all__ = ["Obligation", "prove", "select"]
