"""Pages of information release: posts, the administrator's queue, imports."""
