"""The contents of section 10.2, for type checkers, editors and `convproof.contents`."""

from convproof.theory.bounds import Bound as Bound
from convproof.theory.bounds import crossing as crossing
from convproof.theory.bounds import lower_bound as lower_bound
from convproof.theory.bounds import upper_bound as upper_bound
from convproof.theory.distance import rotation_distance as rotation_distance
from convproof.theory.enclosure import enclosure as enclosure
from convproof.theory.estimate import Estimate as Estimate
from convproof.theory.packing import grassmannian_log2 as grassmannian_log2
from convproof.theory.packing import greedy_packing as greedy_packing
from convproof.theory.packing import packing_log2 as packing_log2
from convproof.theory.permutations import permutation_lower_bound as permutation_lower_bound
from convproof.theory.symmetry import data_symmetries as data_symmetries
from convproof.theory.symmetry import gram_only as gram_only
from convproof.theory.symmetry import symmetries as symmetries
from convproof.theory.theorems import THEOREMS as THEOREMS
