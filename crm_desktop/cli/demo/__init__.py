"""The demonstration: the whole main job through the services, on invented data."""
