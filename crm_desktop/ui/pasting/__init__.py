"""Text from a chat, a card or a signature becomes a person or a company."""
