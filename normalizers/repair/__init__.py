"""Damage to Thai text: found, weighed and repaired, with a ledger of every change."""
