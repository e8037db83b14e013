#define _GNU_SOURCE
#include "CPlatform.h"
#include <errno.h>
#include <sched.h>

// Larger than any mask that Linux is built for today (CONFIG_NR_CPUS is at most 8192).
enum { mask_bits = 1 << 16 };

int assay_affinity(int *processors, int capacity) {
    cpu_set_t *mask = CPU_ALLOC(mask_bits);
    if (!mask) return -ENOMEM;
    const size_t bytes = CPU_ALLOC_SIZE(mask_bits);
    int count = 0;
    if (sched_getaffinity(0, bytes, mask)) {
        count = -errno;
    } else {
        for (int i = 0; i < mask_bits && count < capacity; i++)
            if (CPU_ISSET_S(i, bytes, mask)) processors[count++] = i;
    }
    CPU_FREE(mask);
    return count;
}

int assay_pin(int processor) {
    if (processor < 0 || processor >= mask_bits) return -EINVAL;
    cpu_set_t *mask = CPU_ALLOC(mask_bits);
    if (!mask) return -ENOMEM;
    const size_t bytes = CPU_ALLOC_SIZE(mask_bits);
    CPU_ZERO_S(bytes, mask);
    CPU_SET_S(processor, bytes, mask);
    const int result = sched_setaffinity(0, bytes, mask) ? -errno : 0;
    CPU_FREE(mask);
    return result;
}

int assay_current_processor(void) { return sched_getcpu(); }
