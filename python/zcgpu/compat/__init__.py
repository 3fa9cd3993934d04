"""The names of other libraries, on zcgpu. Nothing here is imported by zcgpu itself."""
