"""Exact certificates for one shape, and the stand-alone modules that carry them."""

from convproof.certify.certificate import certify
from convproof.certify.standalone import generate
from convproof.functions.certificate import Certificate

__all__ = ["Certificate", "certify", "generate"]
