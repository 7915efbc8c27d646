"""The claims of section 10.2 that this room judges; what is not here stays open in the ledger."""

from __future__ import annotations

from convproof.evidence import Status
from convproof.judgement import Judgement
from convproof.theory import judge_distance as distance
from convproof.theory import judge_samples as samples
from convproof.theory import judge_symmetry as symmetry


def claims() -> list[Judgement]:
    """The judgements, not yet judged; together they take a few seconds."""
    refuted = Status.REFUTED
    return [
        Judgement(
            "orthogonal-equivariance",
            "section 10.2",
            "Most standard training algorithms for fully connected nets are orthogonally "
            "equivariant",
            symmetry.adam_fails,
            refuted,
            "orthogonal-equivariance-corrected",
        ),
        Judgement(
            "orthogonal-equivariance-corrected",
            "section 10.2, corrected",
            "In law over Gaussian initialisation: SGD, momentum, L2 decay and rules by norms or "
            "matrix functions are equivariant; rules by coordinate (Adam and its kin) are so "
            "for signs and permutations only",
            symmetry.table,
        ),
        Judgement(
            "problem-10.2.1",
            "Problem 10.2.1",
            "With data at R x and first weight at W R', every step of SGD with momentum and L2 "
            "decay leaves pre-activations unchanged and carries R' along, for any batch and loss",
            symmetry.proof,
        ),
        Judgement(
            "initialisation",
            "section 10.2",
            "Independent Gaussian first weights have the law of W R' for every R; independent "
            "uniform ones do not",
            symmetry.initial_law,
        ),
        Judgement(
            "convolution-breaks-symmetry",
            "section 10.2, last paragraph",
            "A convolutional first layer, trained by SGD, is not orthogonally equivariant",
            symmetry.convolution_fails,
        ),
        Judgement(
            "eq-10.10",
            "(10.10)",
            "The probability of disagreement is a pseudometric on rotations of h*",
            distance.pseudometric,
        ),
        Judgement(
            "eq-10.11",
            "(10.11)",
            "dist(h* o R_1, h* o R_2) >= c |R_1 - R_2|_F for a constant c > 0",
            distance.eq_10_11,
            refuted,
            "eq-10.11-corrected",
        ),
        Judgement(
            "eq-10.11-corrected",
            "(10.11), corrected",
            "dist >= (2 pi^(-3/2) / sqrt d) min over S in O(d/2) x O(d/2) of |R_1 - S R_2|_F",
            distance.eq_10_11_corrected,
        ),
        Judgement(
            "problem-10.2.3",
            "Problem 10.2.3 (i)",
            "The signs of two forms differ if and only if their product is negative",
            distance.problem_10_2_3,
            refuted,
            "problem-10.2.3-corrected",
        ),
        Judgement(
            "problem-10.2.3-corrected",
            "Problem 10.2.3 (i), corrected",
            "Off the null set where a form is zero, the signs differ if and only if the product "
            "is negative",
            distance.problem_10_2_3_corrected,
        ),
        Judgement(
            "footnote-3",
            "chapter, footnote 3",
            "The probability of disagreement is that of v_1.v_2 < 0, v_i = R_i'QR_i x",
            distance.footnote_3,
            refuted,
            "footnote-3-corrected",
        ),
        Judgement(
            "footnote-3-corrected",
            "chapter, footnote 3, corrected",
            "dist = (2/pi) E arcsin sqrt(sum_j sin^2(phi_j) s_j^2), phi the principal angles of "
            "the +1 eigenspaces, s uniform on the sphere",
            distance.distance_formula,
        ),
        Judgement(
            "problem-10.2.2",
            "Problem 10.2.2",
            "Squares, average-pooling over halves and a threshold reach error 0.05 with "
            "probability 0.95 from 72 samples at every d",
            samples.problem_10_2_2,
        ),
        Judgement(
            "reduction",
            "missing in the chapter",
            "An equivariant learner of the one target h* does as well on every h* o R",
            samples.reduction,
        ),
        Judgement(
            "sample-separation",
            "section 10.2",
            "Every O(d)-equivariant learner needs pi^2/(16 ln 2) d (d - 2) (1/2 - e)^2 - "
            "log2(1/(1 - delta)) samples, a ConvNet a number that d does not enter",
            samples.separation,
        ),
    ]
