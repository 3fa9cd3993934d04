/* The sizes and offsets that other languages rely on. */
#include "zcgpu.h"

_Static_assert(sizeof(zcg_context) == 8, "handles are 64-bit");
_Static_assert(sizeof(zcg_error) == 512, "zcg_error is ABI");
_Static_assert(sizeof(zcg_value) == 112, "zcg_value is ABI");
_Static_assert(sizeof(zcg_status) == 4, "codes are 32-bit");
_Static_assert(sizeof(zcg_pool_request) == 40, "zcg_pool_request is ABI");
_Static_assert(sizeof(zcg_pool_statistics) == 112, "zcg_pool_statistics is ABI");
_Static_assert(sizeof(zcg_samples) == 64, "zcg_samples is ABI");
_Static_assert(sizeof(zcg_context_options) == 32, "zcg_context_options is ABI");
