"""A VA-API driver of our own, so that hardware decoding is tested where there is no hardware."""
