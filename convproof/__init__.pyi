"""The contents page: what a user imports, and where it is defined.

Type checkers and editors read this file; `convproof.contents` reads the same lines at run time.
"""

# what a layer is
from convproof.spec import AvgPool as AvgPool
from convproof.spec import Conv as Conv
from convproof.spec import ConvTranspose as ConvTranspose
from convproof.spec import MaxPool as MaxPool
from convproof.spec import output_shape as output_shape

# verified functions
from convproof.functions import Gradients as Gradients
from convproof.functions import avg_pool1d as avg_pool1d
from convproof.functions import avg_pool1d_backward as avg_pool1d_backward
from convproof.functions import avg_pool2d as avg_pool2d
from convproof.functions import avg_pool2d_backward as avg_pool2d_backward
from convproof.functions import avg_pool3d as avg_pool3d
from convproof.functions import avg_pool3d_backward as avg_pool3d_backward
from convproof.functions import conv1d as conv1d
from convproof.functions import conv1d_backward as conv1d_backward
from convproof.functions import conv2d as conv2d
from convproof.functions import conv2d_backward as conv2d_backward
from convproof.functions import conv3d as conv3d
from convproof.functions import conv3d_backward as conv3d_backward
from convproof.functions import conv_transpose1d as conv_transpose1d
from convproof.functions import conv_transpose1d_backward as conv_transpose1d_backward
from convproof.functions import conv_transpose2d as conv_transpose2d
from convproof.functions import conv_transpose2d_backward as conv_transpose2d_backward
from convproof.functions import conv_transpose3d as conv_transpose3d
from convproof.functions import conv_transpose3d_backward as conv_transpose3d_backward
from convproof.functions import max_pool1d as max_pool1d
from convproof.functions import max_pool1d_backward as max_pool1d_backward
from convproof.functions import max_pool2d as max_pool2d
from convproof.functions import max_pool2d_backward as max_pool2d_backward
from convproof.functions import max_pool3d as max_pool3d
from convproof.functions import max_pool3d_backward as max_pool3d_backward

# what a call will do, and how exact it is
from convproof.functions.bound import Bound as Bound
from convproof.functions.bound import error_bound as error_bound
from convproof.functions.planning import Plan as Plan
from convproof.functions.planning import plan as plan
from convproof.functions.threads import threads as threads

# derivations, proofs, code
from convproof.certify import Certificate as Certificate
from convproof.certify import certify as certify
from convproof.certify import generate as generate
from convproof.chapter import Claim as Claim
from convproof.chapter import Ledger as Ledger
from convproof.chapter import prove as prove
from convproof.derive import Derivation as Derivation
from convproof.derive import derive as derive
from convproof.explain import Explanation as Explanation
from convproof.explain import explain as explain
from convproof.evidence import Evidence as Evidence
from convproof.evidence import Verdict as Verdict

# holding an implementation to the laws
from convproof.conformance import CheckResult as CheckResult
from convproof.conformance import Target as Target
from convproof.conformance import check as check
from convproof.conformance import parametrize_with_laws as parametrize_with_laws

# networks
from convproof.networks import Activation as Activation
from convproof.networks import Dense as Dense
from convproof.networks import Flatten as Flatten
from convproof.networks import History as History
from convproof.networks import Sequential as Sequential
from convproof.networks import Ties as Ties
from convproof.networks import TrainingError as TrainingError
from convproof.networks import as_matrix as as_matrix

# section 10.2
from convproof import theory as theory

# errors
from convproof.errors import ConvproofError as ConvproofError
from convproof.errors import DerivationError as DerivationError
from convproof.errors import LoweringError as LoweringError
from convproof.errors import MissingExtra as MissingExtra
from convproof.errors import SpecError as SpecError
from convproof.errors import TargetError as TargetError

__version__: str
