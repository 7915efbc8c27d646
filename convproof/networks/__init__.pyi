"""Networks: layers in a row, weight tying, and the fully connected twin (10.1.5, 10.2)."""

from convproof.networks.certificates import Certified as Certified
from convproof.networks.certificates import certify_matrix as certify_matrix
from convproof.networks.certificates import certify_pooling as certify_pooling
from convproof.networks.certificates import certify_ties as certify_ties
from convproof.networks.commuting import Commutant as Commutant
from convproof.networks.commuting import certify_converse as certify_converse
from convproof.networks.commuting import commutant as commutant
from convproof.networks.commuting import commuting_with_shifts as commuting_with_shifts
from convproof.networks.commuting import dimension as dimension
from convproof.networks.derivation import NetworkDerivation as NetworkDerivation
from convproof.networks.fields import ReceptiveField as ReceptiveField
from convproof.networks.layers import Activation as Activation
from convproof.networks.layers import Dense as Dense
from convproof.networks.layers import Flatten as Flatten
from convproof.networks.matrix import as_matrix as as_matrix
from convproof.networks.region import EquivarianceRegion as EquivarianceRegion
from convproof.networks.sequential import Sequential as Sequential
from convproof.networks.survey import Survey as Survey
from convproof.networks.survey import survey as survey
from convproof.networks.ties import Ties as Ties
from convproof.networks.training import History as History
from convproof.networks.training import TrainingError as TrainingError
from convproof.networks.twin import Twin as Twin
from convproof.networks.twin import fully_connected as fully_connected
from convproof.networks.untied import Untied as Untied
from convproof.networks.untied import untie as untie
