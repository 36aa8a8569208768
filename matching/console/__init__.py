"""The administrators' pages about the engine: what it learned, the rules that steer it, its glossary."""
