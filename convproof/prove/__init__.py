"""Proofs for all sizes: obligations for two SMT solvers, and the ledger of the chapter's claims."""

from convproof.prove.ledger import prove, select
from convproof.prove.obligation import Obligation

__all__ = ["Obligation", "prove", "select"]
