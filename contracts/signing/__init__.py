"""Signing: certificates, signatures in the file, and what makes a signed file good."""
