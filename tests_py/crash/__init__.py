"""The crash laboratory: what ended a process once, run again with and without our guards."""
