"""Exact certificates for one shape, and the stand-alone modules that carry them."""

from convproof.certify.certificate import Certificate, certify
from convproof.certify.standalone import generate

__all__ = ["Certificate", "certify", "generate"]
