"""Start everything Tenon needs on one machine: servers, web, worker and beat (standard library only)."""
