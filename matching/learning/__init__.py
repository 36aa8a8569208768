"""How the engine learns: what people decide becomes examples, examples a ranker, and only a better one serves."""
