"""Which coordinate changes an update rule respects: U(W R', {G_s R'}) = U(W, {G_s}) R'.

With Problem 10.2.1 that decides it for the whole training run: the gradients of a rotated run
are the rotated gradients as long as the weights are the rotated weights.
"""

from convproof.theory.symmetry.data import data_symmetries as data_symmetries
from convproof.theory.symmetry.gram import gram_only as gram_only
from convproof.theory.symmetry.verdicts import symmetries as symmetries

__all__ = ["data_symmetries", "gram_only", "symmetries"]
