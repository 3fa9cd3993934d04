"""Measures zcgpu beside raw C and its peers: `make bench`."""
