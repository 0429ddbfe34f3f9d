"""The outbox: what is to be sent, written in the same transaction as what caused it."""
