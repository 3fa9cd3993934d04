"""Galleries: every shader of a library in one page. What ``zcgpu gallery`` does."""
