"""The C ABI under hostile arguments: every function of zcgpu.h, called by a driver made from it."""
