"""Words to skills and levels: the vocabulary, and the words for levels."""
