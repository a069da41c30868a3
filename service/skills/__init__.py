"""Words to skills: the vocabulary of names, and the words people use for a level or for years of use."""
