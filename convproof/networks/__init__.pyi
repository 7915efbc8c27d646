"""Networks: layers in a row, weight tying, and the fully connected twin (10.1.5, 10.2)."""

from convproof.networks.layers import Activation as Activation
from convproof.networks.layers import Dense as Dense
from convproof.networks.layers import Flatten as Flatten
from convproof.networks.sequential import Sequential as Sequential
from convproof.networks.training import History as History
from convproof.networks.training import TrainingError as TrainingError
