#include "zcgpu.h"
