"""What proves a contract without the platform: the evidence of its signatures, and the dossier of the whole case."""
